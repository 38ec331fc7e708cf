from odoo.addons.crm_task_reminder.tests import test_seams, test_seams_silent
from odoo.tests import tagged

Seam = test_seams.Seam
Silent = test_seams_silent.Silent

ANSWER = "models/answer/crm_task_reminder_answer.py"
OPT_OUT = "models/opt_out/crm_task_reminder_channel"


@tagged("post_install", "-at_install")
class TestReplySeams(test_seams.TestSeams):
    """An update of Odoo says which private piece that the answers use has moved."""

    addon = "crm_task_reminder_reply"
    seams = [
        Seam(
            "notes an answer on its task",
            "odoo.addons.mail.models.mail_thread:MailThread._message_log",
            "(self, *, body='', subject=False, author_id=None, email_from=None, "
            "message_type='notification', partner_ids=False, attachment_ids=False, "
            "tracking_value_ids=False)",
            {ANSWER},
        ),
        Seam(
            "asks for the rights on a field that brings its own search",
            "odoo.orm.models:BaseModel._check_field_access",
            "(self, field: 'Field', operation: \"typing.Literal['read', 'write']\") "
            "-> 'None'",
            {"models/answer/project_task.py"},
        ),
        Seam(
            "shows where the company is",
            "odoo.addons.base.models.res_partner:ResPartner._display_address",
            "(self, without_company=False)",
            {"models/link/page/crm_task_reminder_link.py"},
        ),
    ]


@tagged("post_install", "-at_install")
class TestReplySilentSeams(test_seams_silent.TestSilentSeams):
    """What would go wrong without an error when Odoo changes is found here."""

    addon = "crm_task_reminder_reply"
    silent = [
        Silent(
            "an answer is written before it is its turn",
            "odoo.sql_db:Cursor.__init__",
            "self.connection.set_isolation_level(ISOLATION_LEVEL_REPEATABLE_READ)",
            ANSWER,
            "LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE",
        ),
        Silent(
            "an answer that was given long ago counts for what was written since",
            "odoo.sql_db:BaseCursor.clear",
            "self.transaction.clear()",
            "models/condition/crm_task_reminder_second_look.py",
            "_has_reminder_reply_since(row.create_date)",
        ),
    ]
