from . import (
    crm_task_reminder_settings_mixin,
    crm_task_reminder_settings_sender,
    crm_task_reminder_settings_service,
    res_config_settings,
)
