from . import (
    crm_task_reminder,
    crm_task_reminder_decision,
    crm_task_reminder_log,
    crm_task_reminder_mixin,
    crm_task_reminder_second_look,
)
