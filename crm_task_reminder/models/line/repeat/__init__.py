from . import crm_task_reminder_mixin  # isort: skip
from . import crm_task_reminder
