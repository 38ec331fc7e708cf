# what the others extend comes first
from . import crm_task_reminder_answer  # isort: skip
from . import (
    activity,
    base_partner_merge_automatic_wizard,
    project_task,
    res_company,
)
