from . import (
    crm_task_reminder,
    crm_task_reminder_notice,
    crm_task_reminder_settings_mixin,
    project_task,
)
