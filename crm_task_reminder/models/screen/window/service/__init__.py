from . import crm_task_reminder_settings_mixin
