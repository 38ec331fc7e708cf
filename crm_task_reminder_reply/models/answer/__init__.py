from . import (
    base_partner_merge_automatic_wizard,
    crm_task_reminder_answer,
    project_task,
    res_company,
)
