"""What the addon uses of project, and of digest and resource below it."""

from .seams import Seam

SEAMS = [
    Seam(
        "counts the reminders of the digest",
        "odoo.addons.digest.models.digest:DigestDigest._calculate_company_based_kpi",
        "(self, model, digest_kpi_field, date_field='create_date', "
        "additional_domain=None, sum_field=None)",
        {"models/screen/overview/digest_digest.py"},
    ),
    Seam(
        "leads from the digest to the log",
        "odoo.addons.digest.models.digest:DigestDigest._compute_kpis_actions",
        "(self, company, user)",
        {"models/screen/overview/digest_digest.py"},
    ),
    Seam(
        "gives the address that answers go to",
        "odoo.addons.project.models.project_task:ProjectTask._notify_get_reply_to",
        "(self, default=None, author_id=False)",
        {"models/sending/crm_task_reminder_queue.py"},
    ),
    Seam(
        "ends a recurrence by the start",
        "odoo.addons.project.models.project_task_recurrence:ProjectTaskRecurrence"
        "._create_next_occurrences",
        "(self, occurrences_from)",
        {
            "models/line/project_task_recurrence.py",
            "models/sending/notice/project_task_recurrence.py",
        },
    ),
    Seam(
        "gives the next occurrence its start",
        "odoo.addons.project.models.project_task_recurrence:ProjectTaskRecurrence"
        "._create_next_occurrences_values",
        "(self, recurrence_by_task)",
        {"models/line/project_task_recurrence.py"},
    ),
    Seam(
        "is the time between two occurrences",
        "odoo.addons.project.models.project_task_recurrence:ProjectTaskRecurrence"
        "._get_recurrence_delta",
        "(self)",
        {"models/line/project_task_recurrence.py"},
    ),
    Seam(
        "tells the working days of a calendar",
        "odoo.addons.resource.models.resource_calendar:ResourceCalendar"
        "._work_intervals_batch",
        "(self, start_dt, end_dt, resources=None, domain=None, tz=None, "
        "compute_leaves=True)",
        {"models/company/hours/resource_calendar.py"},
    ),
    Seam(
        "takes the presets of a project along",
        "odoo.addons.project.models.project_project:ProjectProject.copy",
        "(self, default=None)",
        {"models/line/project/project_project.py"},
    ),
    Seam(
        "takes what comes in as an answer",
        "odoo.addons.project.models.project_task:ProjectTask.message_update",
        "(self, msg_dict, update_vals=None)",
        {"models/channel/email/project_task.py"},
    ),
]
