# in this order: the later ones extend what the earlier ones define
from . import answer, link, opt_out, condition, calendar, figures, move, screen  # isort: skip
