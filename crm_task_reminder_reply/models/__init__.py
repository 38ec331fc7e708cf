# in this order: the later ones extend what the earlier ones define
from . import (  # isort: skip
    answer,
    place,
    link,
    copy,
    opt_out,
    condition,
    calendar,
    figures,
    move,
    text,
    told,
    screen,
)
