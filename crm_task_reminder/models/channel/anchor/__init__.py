from . import (
    crm_task_reminder,
    crm_task_reminder_mixin,
    project_task,
)
