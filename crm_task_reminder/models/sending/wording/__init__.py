from . import crm_task_reminder_queue, crm_task_reminder_second_look, project_task
