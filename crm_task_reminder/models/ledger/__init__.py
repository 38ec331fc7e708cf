from . import (
    crm_task_reminder,
    crm_task_reminder_log,
    mail_message,
    mark,
    once,
    parts,
    plan,
    res_partner,
)

from . import hours, second_way  # isort: skip
from . import notice, repeat  # isort: skip  # extend what stands in the others
