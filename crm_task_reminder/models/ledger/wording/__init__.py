from . import crm_task_reminder_log
