from . import crm_task_reminder_limit, crm_task_reminder_text, res_company
