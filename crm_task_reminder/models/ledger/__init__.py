from . import crm_task_reminder_spoken_mixin  # isort: skip  # others inherit it

from . import (
    crm_task_reminder,
    crm_task_reminder_log,
    ir_attachment,
    mail_message,
    mark,
    once,
    parts,
    plan,
    project_task,
    res_partner,
    wording,
)

from . import hours, second_way  # isort: skip
from . import notice, repeat  # isort: skip  # extend what stands in the others
