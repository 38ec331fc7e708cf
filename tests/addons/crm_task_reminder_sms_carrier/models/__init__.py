from . import crm_task_reminder_sms_provider_carrier, res_company
