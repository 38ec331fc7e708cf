# what the other one inherits from comes first
from . import crm_task_reminder_mixin  # isort: skip
from . import (
    crm_task_reminder,
    res_company,
    resource_calendar,
    resource_calendar_attendance,
    resource_calendar_leaves,
)
