from unittest.mock import patch

from psycopg2.errors import SerializationFailure

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

    def _send_while_down(self):
        """Let an e-mail wait for an account that is out of order."""
        dead = self._create_mail_server("Dead", smtp_port=self._get_unused_port())
        self.company.reminder_mail_server_id = dead
        task = self.send(self.line(channel="email"))
        self.assertEqual(self.rows(task).state, "queued")
        return self.rows(task), dead

    def test_r07_what_waits_leaves_through_the_account_that_was_chosen_instead(self):
        row, dead = self._send_while_down()
        self.company.reminder_mail_server_id = self.mail_server
        self.pass_time(minutes=2)
        self.run_service()
        self.assertEqual(self.servers, {self.mail_server.id})
        self.assertEqual(row.state, "sent")

    def test_r07_so_it_does_when_the_old_account_was_deleted(self):
        row, dead = self._send_while_down()
        self.company.reminder_mail_server_id = self.mail_server
        dead.unlink()
        self.pass_time(minutes=2)
        self.run_service()
        self.assertEqual(self.servers, {self.mail_server.id})
        self.assertEqual(row.state, "sent")

    def test_r03_what_waits_does_not_leave_without_an_account(self):
        row, dead = self._send_while_down()
        dead.smtp_port = self.mail_server.smtp_port
        self.company.reminder_mail_server_id = False
        self.pass_time(minutes=2)
        self.run_service()
        self.assertFalse(self.mails)
        self.assertEqual((row.state, row.reason), ("queued", "no_account"))
        self.company.reminder_mail_server_id = self.mail_server
        self.pass_time(minutes=5)
        self.run_service()
        self.assertEqual(row.state, "sent")

    def test_r03_account_that_no_connection_can_be_made_for(self):
        """The host's name has an empty part; then signing in fails to encode a name."""

        def log_in(*_args):
            "zażółć".encode("ascii")

        self.mail_server.smtp_host = "smtp..example"
        task = self.send(self.line(channel="email"))
        with patch.object(
            self.registry["ir.mail_server"], "_connect_for_reminders", log_in
        ):
            self.pass_time(minutes=5)
            self.run_service()
        row = self.rows(task)
        self.assertEqual((row.state, row.reason), ("queued", "mail_server"))
        self.assertEqual(row.attempt_count, 2)

    def test_conflict_before_the_first_mail(self):
        """The limit of a personal account is written by all who use the account."""
        task = self.create_task(self.line(channel="email"))
        self.pass_time(hours=1)
        mails = self.registry["mail.mail"]
        throttle, failures = mails._throttle_reminders, [SerializationFailure()]

        def fail_once(*args):
            if failures:
                raise failures.pop()
            return throttle(*args)

        with patch.object(mails, "_throttle_reminders", fail_once):
            self.run_service()
        self.assertFalse(failures)
        self.assertEqual(len(self.mails), 1)
        self.assertEqual(self.rows(task).state, "sent")

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

    def test_r07_old_personal_accounts_leave_but_for_the_one_in_use(self):
        """Odoo removes the personal accounts of who has another address now."""
        used = self._create_mail_server("Olga's", owner_user_id=self.sender.id)
        unused = self._create_mail_server("Adam's", owner_user_id=self.assignee.id)
        self.company.reminder_mail_server_id = used
        self.env["res.users"]._gc_personal_mail_servers()
        self.assertFalse(unused.exists())
        self.assertTrue(used.exists())
