from . import crm_task_reminder_link, crm_task_reminder_log, project_task
