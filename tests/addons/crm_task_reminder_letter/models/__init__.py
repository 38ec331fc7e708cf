from . import (
    crm_task_reminder_channel_letter,
    crm_task_reminder_log,
    crm_task_reminder_mixin,
    mail_notification,
)
