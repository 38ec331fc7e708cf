from . import (
    crm_task_reminder,
    crm_task_reminder_decision,
    crm_task_reminder_limit,
    crm_task_reminder_queue,
    crm_task_reminder_second_way,
    crm_task_reminder_service,
    res_company,
)
