from . import crm_task_reminder_hand_over, res_company
