# what the others extend comes first
from . import crm_task_reminder_settings_mixin  # isort: skip
from . import (
    crm_task_reminder_settings_language,
    crm_task_reminder_settings_sender,
    crm_task_reminder_settings_service,
    res_config_settings,
)
