from odoo.addons.crm_task_reminder.tests import silent_seams
from odoo.tests import tagged

Silent = silent_seams.Silent

ANSWER = "models/answer/crm_task_reminder_answer.py"


@tagged("post_install", "-at_install")
class TestReplySilentSeams(silent_seams.SilentSeamsCase):
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
