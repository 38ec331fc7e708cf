from . import crm_task_reminder_sms_provider_twilio, sms_sms
