from odoo.addons.crm_task_reminder.tests.bounces import BouncesCommon, tell
from odoo.tests import tagged

from .common import ReplyCommon

CARETAKER = "caretaker@klient.example"


@tagged("post_install", "-at_install")
class TestCopyBounces(ReplyCommon, BouncesCommon):
    """A copy is a mail of its own; the report about it names the reminder as well."""

    def test_b11_a_copy_that_comes_back_is_no_failure_of_the_reminder(self):
        template = self.env.ref("crm_task_reminder.mail_template_customer")
        template.email_cc = CARETAKER
        row = self.send_row()
        mails = self.env["mail.mail"]
        copy = mails.search([("email_cc", "!=", False), ("state", "=", "outgoing")])
        returned = copy.message_id
        with self.mock_smtplib_connection():
            mails.process_email_queue()
        self.assertFalse(copy.exists())
        self.report(row, tell(CARETAKER, "delayed"), returned=returned)
        self.assert_spared(row)
        self.report(row, tell(CARETAKER), returned=returned)
        self.assert_spared(row)
        self.report(row, tell())
        self.assert_replaced(row)
