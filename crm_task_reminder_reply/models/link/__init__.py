from . import (
    crm_task_reminder,
    crm_task_reminder_answer,
    crm_task_reminder_channel,
    crm_task_reminder_channel_email,
    crm_task_reminder_channel_sms,
    crm_task_reminder_link,
    crm_task_reminder_log,
    crm_task_reminder_mixin,
    crm_task_reminder_queue,
    page,
    project_task,
    res_partner,
)
