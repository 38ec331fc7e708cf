from . import (
    crm_task_reminder_hand_over,
    crm_task_reminder_log,
    mail_message,
    res_partner,
)
