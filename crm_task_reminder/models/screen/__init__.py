# The first steps stand in the window.
from . import log, overview, project, result, tab, window, steps  # isort: skip
