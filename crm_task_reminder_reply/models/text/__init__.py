from . import (
    crm_task_reminder_answer,
    crm_task_reminder_text,
    project_task,
)

from . import take, sharing, receipt, hint  # isort: skip  # each extends what is before
