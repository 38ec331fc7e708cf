# The first steps and the morning plan stand in the window; hours show in most of them.
from . import log, overview, project, result, tab, window  # isort: skip
from . import plan, second_way, steps  # isort: skip
from . import hours, notice  # isort: skip
