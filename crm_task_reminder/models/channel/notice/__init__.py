from . import (
    crm_task_reminder,
    crm_task_reminder_mixin,
    crm_task_reminder_template_mixin,
    project_task,
    res_company,
)
