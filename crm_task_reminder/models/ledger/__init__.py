from . import (
    crm_task_reminder,
    crm_task_reminder_log,
    mail_message,
    once,
    plan,
    res_partner,
)

from . import second_way  # isort: skip
