from . import controllers, models, wizard
from .tools import log_filter

log_filter.install()
