from . import crm_task_reminder_sms_provider_smsapi, res_company
