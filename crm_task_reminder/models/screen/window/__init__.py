# what the others extend comes first
from . import crm_task_reminder_settings_mixin  # isort: skip
from . import message, res_config_settings, service
