# what the others inherit from comes first, what extends them last
from . import crm_task_reminder_mixin  # isort: skip
from . import (
    crm_task_reminder,
    crm_task_reminder_default,
    project_task,
    project_task_recurrence,
    res_company,
    res_users,
    resource_calendar,
)

from . import access, kept, plan, project, recipient  # isort: skip
from . import recount, hours, notice  # isort: skip
from . import anchor, repeat  # isort: skip  # extend what stands in the others
