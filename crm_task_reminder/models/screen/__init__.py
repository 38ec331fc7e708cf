# The first steps stand in the window.
from . import log, overview, result, tab, window, steps, notice  # isort: skip
