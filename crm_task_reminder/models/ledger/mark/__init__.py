from . import crm_task_reminder_era, crm_task_reminder_log, crm_task_reminder_mark
