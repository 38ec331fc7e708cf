from . import (
    crm_task_reminder,
    crm_task_reminder_decision,
    crm_task_reminder_hand_over,
    crm_task_reminder_notice,
    crm_task_reminder_queue,
    crm_task_reminder_second_look,
    project_task,
    project_task_recurrence,
)
