from . import crm_task_reminder_mixin  # isort: skip
from . import crm_task_reminder, crm_task_reminder_notice, project_task, res_company
