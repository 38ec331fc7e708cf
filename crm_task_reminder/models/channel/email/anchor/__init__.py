from . import crm_task_reminder_channel_email
