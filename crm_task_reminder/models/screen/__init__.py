# The first steps stand in the window; hours show in most of them.
from . import log, overview, result, tab, window, second_way, steps  # isort: skip
from . import hours, notice  # isort: skip
