# The first steps and the morning plan stand in the window.
from . import log, overview, project, result, tab, window  # isort: skip
from . import plan, second_way, steps  # isort: skip
