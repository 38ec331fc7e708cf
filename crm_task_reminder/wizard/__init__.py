from . import (
    crm_task_reminder_edit,
    crm_task_reminder_plan_preview,
    crm_task_reminder_preview,
    crm_task_reminder_settings,
)
