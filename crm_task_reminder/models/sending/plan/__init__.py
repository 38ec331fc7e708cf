from . import (
    crm_task_reminder_day,
    crm_task_reminder_decision,
    crm_task_reminder_limit,
    crm_task_reminder_log,
    crm_task_reminder_plan_queue,
    crm_task_reminder_queue,
    crm_task_reminder_second_look,
    crm_task_reminder_second_way,
    crm_task_reminder_service,
)
