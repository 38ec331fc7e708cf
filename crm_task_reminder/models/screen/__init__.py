# What stands in the window comes after it; hours and news show in most of them.
from . import log, overview, project, result, tab, window  # isort: skip
from . import parts, plan, second_way, steps, hours, notice, anchor  # isort: skip
