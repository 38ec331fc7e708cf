# The first steps stand in the window.
from . import log, overview, result, tab, window, second_way, steps  # isort: skip
