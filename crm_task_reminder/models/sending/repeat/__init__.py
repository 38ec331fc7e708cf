from . import (
    crm_task_reminder,
    crm_task_reminder_decision,
    crm_task_reminder_second_look,
    crm_task_reminder_second_way,
)
