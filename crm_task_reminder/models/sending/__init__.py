from . import (
    crm_task_reminder_decision,
    crm_task_reminder_hand_over,
    crm_task_reminder_limit,
    crm_task_reminder_queue,
    crm_task_reminder_second_look,
    crm_task_reminder_service,
    crm_task_reminder_trial,
    ir_cron,
    ir_model_fields_selection,
    mail_message,
    res_company,
)

from . import batch, busy, changes, in_hand, second_way, turn  # isort: skip
from . import hours, notice, parts, plan, receipts  # isort: skip  # extend the others
from . import wording  # isort: skip
from . import anchor, repeat  # isort: skip
