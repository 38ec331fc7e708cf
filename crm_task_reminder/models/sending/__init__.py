from . import (
    crm_task_reminder_queue,
    crm_task_reminder_service,
    ir_cron,
    mail_notification,
)
