from . import crm_task_reminder, res_company
