from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import ReminderCommon


@tagged("post_install", "-at_install")
class TestMailAccount(ReminderCommon):
    """E-mails leave through the company's account, which stays while it is used."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_server = cls._create_mail_server("Newsletters", sequence=1)

    def test_r07_mail_leaves_through_the_companys_account(self):
        self.send(self.line(channel="email"))
        self.assertEqual(len(self.mails), 1)
        self.assertEqual(self.servers, {self.mail_server.id})

    def test_r07_account_of_the_template_is_overruled(self):
        template = self.env.ref("crm_task_reminder.mail_template_customer")
        template.mail_server_id = self.other_server
        self.send(self.line(channel="email"))
        self.assertEqual(self.servers, {self.mail_server.id})

    def test_r07_changed_account_holds_from_the_next_run(self):
        self.create_task(self.line(channel="email"))
        self.company.reminder_mail_server_id = self.other_server
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual(self.servers, {self.other_server.id})

    def test_r07_account_in_use_is_not_archived(self):
        with self.assertRaisesRegex(UserError, "Zielony Dom"):
            self.mail_server.active = False

    def test_r07_account_in_use_is_not_deleted(self):
        with self.assertRaisesRegex(UserError, "Zielony Dom"):
            self.mail_server.unlink()
        self.assertTrue(self.mail_server.exists())

    def test_r07_refusal_names_all_companies(self):
        other = self._create_company("Drugi Dom")
        other.reminder_mail_server_id = self.mail_server
        with self.assertRaisesRegex(UserError, "(?s)Drugi Dom.*Zielony Dom"):
            self.mail_server.active = False
        with self.assertRaisesRegex(UserError, "Drugi Dom and Zielony Dom"):
            self.mail_server.unlink()

    def test_r07_account_in_use_is_refused_to_who_does_not_see_the_company(self):
        admin = self._create_user(
            "admin_elsewhere",
            "Anna Admin",
            groups="base.group_system",
            company=self._create_company("Drugi Dom"),
        )
        with self.assertRaisesRegex(UserError, "Zielony Dom"):
            self.mail_server.with_user(admin).active = False

    def test_r07_account_not_in_use_may_go(self):
        self.company.reminder_mail_server_id = self.other_server
        self.mail_server.active = False
        self.mail_server.unlink()
        self.assertFalse(self.mail_server.exists())
