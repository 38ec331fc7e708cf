import hashlib
from unittest.mock import patch

from odoo.addons.sms.models.sms_sms import SmsSms
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.channel.sms.crm_task_reminder_channel_sms import CrmTaskReminderChannelSms
from ..models.sending.crm_task_reminder_queue import CrmTaskReminderQueue
from .common import ReminderCommon

MODELS = "odoo.addons.crm_task_reminder.models"
QUEUE = f"{MODELS}.sending.crm_task_reminder_queue"
SERVICE = f"{MODELS}.sending.crm_task_reminder_service"


@tagged("post_install", "-at_install")
class TestFailures(ReminderCommon):
    """One bad record fails alone, with its reason; the others go out."""

    def setUp(self):
        super().setUp()
        self.bad_customer = self.env["res.partner"].create(
            {"name": "Bad", "phone": "+48600100666", "email": "bad@client.example"}
        )

    def _create_three(self, **line):
        """Create three tasks; the second has the bad customer and a sequence of 0."""
        first = self.create_task(self.line(**line))
        bad = self.create_task(
            self.line(**line), partner_id=self.bad_customer.id, sequence=0
        )
        last = self.create_task(self.line(**line))
        self.pass_time(hours=1)
        return first, bad, last

    def _assert_only_the_bad_one_failed(self, tasks, reason):
        first, bad, last = tasks
        for good in (first, last):
            self.assertEqual(self.rows(good).state, "sent")
            self.assertEqual(good.reminder_ids.state, "done")
        row = self.rows(bad)
        self.assertEqual(row.mapped("reason"), [reason])
        self.assertEqual(row.state, "failed")
        self.assertEqual(bad.reminder_ids.state, "skipped")
        self.assertTrue(row.reason_text)
        self.run_service()
        self.assertFalse(self.texts + self.mails, "nothing is taken again")
        self.assertEqual(len(self.rows(bad)), 1)

    def _create_template(self, model_name, **values):
        return self.env[model_name].create(
            {
                "name": "Share",
                "model_id": self.env.ref("project.model_project_task").id,
                **values,
            }
        )

    @mute_logger(QUEUE, "odoo.addons.mail.models.mail_render_mixin")
    def test_r15_sms_that_can_not_be_rendered(self):
        template = self._create_template(
            "sms.template", body="Share {{ 20 // object.sequence }}"
        )
        tasks = self._create_three(sms_template_id=template.id)
        self.run_service()
        self.assertEqual([text for _number, text in self.texts], ["Share 2"] * 2)
        self._assert_only_the_bad_one_failed(tasks, "template_error")

    @mute_logger(QUEUE)
    def test_r15_sms_without_text(self):
        template = self._create_template(
            "sms.template", body="{{ 'Share' if object.sequence else ' ' }}"
        )
        tasks = self._create_three(sms_template_id=template.id)
        self.run_service()
        self._assert_only_the_bad_one_failed(tasks, "template_error")
        self.assertIn("empty", self.rows(tasks[1]).reason_text)

    @mute_logger(QUEUE, "odoo.addons.mail.models.mail_render_mixin")
    def test_r15_email_that_can_not_be_rendered(self):
        template = self._create_template(
            "mail.template",
            subject="Share",
            body_html='<p><t t-out="20 // object.sequence"/></p>',
        )
        tasks = self._create_three(channel="email", mail_template_id=template.id)
        self.run_service()
        self.assertEqual(len(self.mails), 2)
        self._assert_only_the_bad_one_failed(tasks, "template_error")

    @mute_logger(QUEUE)
    def test_r15_message_that_can_not_be_created(self):
        tasks = self._create_three()
        create = SmsSms.create

        def create_or_fail(model, vals_list):
            if any(vals["number"] == self.bad_customer.phone for vals in vals_list):
                raise ValueError("no room")
            return create(model, vals_list)

        with patch.object(SmsSms, "create", create_or_fail):
            self.run_service()
        self._assert_only_the_bad_one_failed(tasks, "error")
        self.assertIn("no room", self.rows(tasks[1]).reason_text)

    @mute_logger(QUEUE)
    def test_r15_address_that_can_not_be_found_out(self):
        tasks = self._create_three()
        get_addresses = CrmTaskReminderChannelSms._get_addresses

        def get_or_fail(channel, recipient):
            if recipient.partner == self.bad_customer:
                raise ValueError("what a number")
            return get_addresses(channel, recipient)

        with patch.object(CrmTaskReminderChannelSms, "_get_addresses", get_or_fail):
            self.run_service()
        self._assert_only_the_bad_one_failed(tasks, "error")

    @mute_logger(QUEUE, "odoo.sql_db")
    def test_r15_address_that_the_database_refuses(self):
        """An address too long for an index is an “operational error” of PostgreSQL."""
        digits = (hashlib.sha256(bytes([n])).hexdigest() for n in range(100))
        self.bad_customer.email = f"{''.join(digits)}@client.example"
        tasks = self._create_three(channel="email")
        self.run_service()
        self._assert_only_the_bad_one_failed(tasks, "error")

    # ------------------------------------------------------------------
    # One recipient of several
    # ------------------------------------------------------------------

    def _remind_both(self, second, **line):
        """Remind Adam and ``second`` of a task; return the row of the second."""
        task = self.send(
            self.line("operator", **line),
            user_ids=[Command.set((self.assignee + second).ids)],
        )
        self.assertEqual(task.reminder_ids.state, "done")
        good, bad = self.rows(task).sorted("recipient_name")
        self.assertEqual((good.recipient_name, good.state), ("Adam Assignee", "sent"))
        self.assertEqual(bad.recipient_name, "Sonia Second")
        self.run_service()
        self.assertFalse(self.texts + self.mails, "nothing is taken again")
        return bad

    @mute_logger(QUEUE, "odoo.addons.mail.models.mail_render_mixin")
    def test_r15_template_that_fails_in_one_language(self):
        self.env["res.lang"]._activate_lang("pl_PL")
        template = self.env.ref("crm_task_reminder.sms_template_operator")
        template.with_context(lang="pl_PL").body = "{{ object.no_such_field }}"
        second = self._create_user("second", "Sonia Second", "600 100 204")
        second.lang = "pl_PL"
        row = self._remind_both(second)
        self.assertEqual((row.state, row.reason), ("failed", "template_error"))

    def test_r15_domain_that_can_not_exist(self):
        second = self._create_user("second", "Sonia Second")
        second.partner_id.email = "sonia@zielonydom.example\u200b"
        row = self._remind_both(second, channel="email")
        self.assertEqual((row.state, row.reason), ("skipped", "invalid_email"))
        self.assertIn("not valid", self.people(row.task_id, "operator"))

    def test_r15_domain_that_can_not_exist_beside_another_address(self):
        self.customer.email = "karol@klient.example, biuro@ü..example"
        self.send(self.line(channel="email"))
        self.assertEqual(self.addresses, ["karol@klient.example"])

    def test_group_switched_off_while_its_message_waits(self):
        task = self.create_task(self.line())
        self.pass_time(hours=1)
        self.run_service(sms_error="server_error")
        self.assertEqual(self.rows(task).state, "queued")
        task.reminder_customer = False
        self.pass_time(minutes=30)
        self.run_service()
        self.assertFalse(self.texts)
        self.assertEqual(self.rows(task).state, "skipped")
        self.assertEqual(task.reminder_ids.state, "cancelled")

    def _die_with(self, reminders):
        """Have a worker die while it writes the messages of reminders."""
        run = self.log.create(
            {
                "operation": "service",
                "company_id": self.company.id,
                "state": "running",
            }
        )
        self.env["crm.task.reminder.batch"].create(
            {
                "run_id": run.id,
                "reminder_ids": reminders.ids,
                "began_at": self.now,
            }
        )

    @mute_logger(QUEUE)
    def test_c13_template_that_never_ends(self):
        """A worker that writes it is killed, each time."""
        endless = self.create_task(self.line())
        for deaths in (1, 2):
            self._die_with(endless.reminder_ids)
            self.pass_time(minutes=1)
            with patch.object(CrmTaskReminderQueue, "_claim_and_queue", lambda *_: 0):
                self.run_service()
            self.assertEqual(endless.reminder_ids.sudo().death_count, deaths)
            self.assertEqual(endless.reminder_ids.state, "scheduled")
        self._die_with(endless.reminder_ids)
        other = self.create_task(self.line("operator"))
        self.pass_time(hours=1)
        self.run_service()
        row = self.rows(endless)
        self.assertEqual((row.state, row.reason), ("failed", "template_error"))
        self.assertIn("too long", row.reason_text)
        self.assertEqual(endless.reminder_ids.state, "skipped")
        self.assertEqual(self.rows(other).state, "sent")
        self.assertFalse(self.env["crm.task.reminder.batch"].search([]))

    def test_c13_worker_that_is_killed_at_once_has_not_died_of_its_reminders(self):
        """Servers are stopped by force or lose their power, also three times."""
        task = self.create_task(self.line())
        self.pass_time(hours=1)
        for _death in range(3):
            self._die_with(task.reminder_ids)
            self.pass_time(seconds=10)
            with patch.object(CrmTaskReminderQueue, "_claim_and_queue", lambda *_: 0):
                self.run_service()
        self.assertFalse(task.reminder_ids.sudo().death_count)
        self.run_service()
        self.assertEqual(self.rows(task).state, "sent")

    def test_c13_others_that_a_worker_died_with_are_sent(self):
        tasks = [self.create_task(self.line()) for _task in range(3)]
        reminders = self.env["crm.task.reminder"].concat(
            *(task.reminder_ids for task in tasks)
        )
        self._die_with(reminders)
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual(set(reminders.sudo().mapped("death_count")), {1})
        self.assertEqual([self.rows(task).state for task in tasks], ["sent"] * 3)

    @mute_logger(SERVICE)
    def test_company_that_fails_does_not_stop_the_next(self):
        other = self._create_company("Drugi Dom")
        sender = self._create_user("other", "Otto Operator", company=other)
        self._switch_on(other, sender, self._create_mail_server("Other"))
        project = self.env["project.project"].create(
            {"name": "Other", "company_id": other.id}
        )
        task = self.create_task(self.line())
        theirs = self.create_task(
            self.line(), project_id=project.id, partner_id=self.bad_customer.id
        )
        self.pass_time(hours=1)
        queue_due = CrmTaskReminderQueue._queue_due

        def queue_or_fail(service, company, *args, **kwargs):
            if company == self.company:
                raise ValueError("all is lost")
            return queue_due(service, company, *args, **kwargs)

        with patch.object(CrmTaskReminderQueue, "_queue_due", queue_or_fail):
            self.run_service()
        self.assertEqual(self.numbers, ["+48600100666"])
        self.assertEqual(self.rows(theirs).state, "sent")
        run = self.log.search(
            [("operation", "=", "service"), ("company_id", "=", self.company.id)]
        )
        self.assertEqual((run.state, run.reason), ("failed", "error"))
        self.assertIn("all is lost", run.reason_text)
        self.run_service()
        self.assertEqual(self.rows(task).state, "sent", "taken by the next run")
