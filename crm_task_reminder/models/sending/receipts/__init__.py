from . import (
    crm_task_reminder_hand_over,
    crm_task_reminder_log,
    crm_task_reminder_queue,
    crm_task_reminder_second_way,
    crm_task_reminder_service,
    mail_notification,
    mail_thread,
)
