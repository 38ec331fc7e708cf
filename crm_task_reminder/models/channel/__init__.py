from . import (
    base,
    crm_task_reminder,
    crm_task_reminder_channel,
    crm_task_reminder_default,
    crm_task_reminder_log,
    crm_task_reminder_mixin,
    crm_task_reminder_template_mixin,
    ir_qweb,
    project_task,
    res_company,
)

from . import leaving, parts, plan  # isort: skip  # extend the channel
from . import sms, email  # isort: skip  # the order in which they are offered
from . import notice, anchor  # isort: skip
