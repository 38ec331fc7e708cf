from . import (
    crm_task_reminder_channel_sms,
    crm_task_reminder_mixin,
    crm_task_reminder_sms_provider,
    crm_task_reminder_sms_provider_iap,
    mail_message,
    mail_notification,
    res_company,
    sms_template,
    sms_tracker,
)

from . import leaving, parts, plan  # isort: skip  # extend the channel
