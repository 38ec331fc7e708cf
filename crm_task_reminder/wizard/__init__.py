from . import (
    crm_task_reminder_edit,
    crm_task_reminder_preview,
    crm_task_reminder_settings,
)

from . import crm_task_reminder_plan_preview  # isort: skip  # inherits from the preview
