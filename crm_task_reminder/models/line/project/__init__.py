from . import crm_task_reminder_default, project_project, project_task
