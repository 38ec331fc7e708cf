from . import crm_task_reminder_channel_sms, project_task, res_company
