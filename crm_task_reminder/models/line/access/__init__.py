from . import crm_task_reminder, project_task
