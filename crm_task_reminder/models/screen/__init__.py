# The first steps and the morning plan stand in the window.
from . import log, overview, project, result, tab, window, plan, steps  # isort: skip
