from . import controllers, models, wizard
from .hooks import uninstall_hook
from .tools import log_filter

log_filter.install()
