from . import crm_task_reminder
