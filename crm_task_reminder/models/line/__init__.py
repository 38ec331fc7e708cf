from . import (
    crm_task_reminder,
    crm_task_reminder_default,
    crm_task_reminder_mixin,
    project_task,
    project_task_recurrence,
    resource_calendar,
)
