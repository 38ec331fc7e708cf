from . import (
    crm_task_reminder_channel_email,
    crm_task_reminder_mixin,
    ir_mail_server,
    mail_mail,
    mail_template,
    project_task,
    res_company,
)

from . import content, layout, leaving, plan  # isort: skip  # extend the channel
from . import notice, anchor  # isort: skip
from . import short_way  # isort: skip  # extends how mails leave
