# The first steps stand in the window; hours show in most of them.
from . import log, overview, result, tab, window, steps, hours  # isort: skip
