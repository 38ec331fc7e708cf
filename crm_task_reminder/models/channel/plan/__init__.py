from . import crm_task_reminder_channel, project_task, res_partner
