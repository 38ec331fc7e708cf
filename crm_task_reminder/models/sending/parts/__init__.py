from . import crm_task_reminder_limit, res_company
