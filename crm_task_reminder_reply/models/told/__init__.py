from . import (
    crm_task_reminder_channel,
    crm_task_reminder_channel_email,
    crm_task_reminder_channel_sms,
    crm_task_reminder_link,
)
