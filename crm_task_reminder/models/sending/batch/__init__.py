from . import crm_task_reminder, crm_task_reminder_batch, crm_task_reminder_queue
