from . import crm_task_reminder_answer, mail_activity_type, project_task
