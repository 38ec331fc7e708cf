from . import (
    crm_task_reminder_channel,
    crm_task_reminder_channel_email,
    crm_task_reminder_link,
    crm_task_reminder_queue,
    mail_template,
    project_project,
    project_task,
)
