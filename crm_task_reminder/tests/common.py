from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.addons.mail.tests.common import mail_new_test_user
from odoo.tests import Form
from odoo.tools import email_normalize

from ..models.sending import crm_task_reminder_queue, crm_task_reminder_service
from ..tools.errors import ReminderError
from .mail_server import MailServerCommon

#: A Tuesday; nothing in the tests depends on the day they run.
NOW = datetime(2026, 7, 14, 6, 0)
#: An SMS gateway that takes nothing, for ``run_service``.
DOWN = "jsonrpc_exception"


class ReminderCommon(MailServerCommon):
    """A company with everything set up: sender, e-mail account, customer, project."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls._create_company(
            "Zielony Dom", email="biuro@zielonydom.example", phone="+48221234567"
        )
        cls.sender = cls._create_user("operator", "Olga Operator")
        cls.assignee = cls._create_user("assignee", "Adam Assignee", "600 100 201")
        cls.mail_server = cls._create_mail_server("Reminders")
        cls._switch_on(cls.company, cls.sender, cls.mail_server)
        cls.customer = cls.env["res.partner"].create(
            {
                "name": "Karol Klient",
                "email": "karol@klient.example",
                "phone": "600 100 200",
                "country_id": cls.env.ref("base.pl").id,
                "lang": "en_US",
                "tz": "Europe/Warsaw",
            }
        )
        cls.project = cls.env["project.project"].create(
            {"name": "Gardens", "company_id": cls.company.id}
        )
        cls.env = cls.env(
            context=dict(cls.env.context, allowed_company_ids=cls.company.ids)
        )
        cls.service = cls.env["crm.task.reminder.service"]
        cls.log = cls.env["crm.task.reminder.log"]
        cls.cron = cls.env.ref("crm_task_reminder.ir_cron_crm_task_reminder")

    def setUp(self):
        super().setUp()
        self.set_now(NOW)

    @classmethod
    def _create_company(cls, name, country="pl", tz="Europe/Warsaw", **values):
        country = cls.env.ref(f"base.{country}")
        company = cls.env["res.company"].create(
            {"name": name, "country_id": country.id, **values}
        )
        company.resource_calendar_id.tz = tz
        cls.env.user.company_ids += company
        return company

    @classmethod
    def _switch_on(cls, company, sender, mail_server):
        """Set a company's automat up, as if that had been done long ago."""
        company.write(
            {
                "reminder_enabled": True,
                "reminder_user_id": sender.id,
                "reminder_mail_server_id": mail_server.id,
            }
        )
        company.reminder_enabled_at = NOW - timedelta(days=400)

    @classmethod
    def _create_user(
        cls, login, name, phone=False, groups="project.group_project_user", company=None
    ):
        company = company or cls.company
        user = mail_new_test_user(
            cls.env,
            login=login,
            name=name,
            email=f"{login}@zielonydom.example",
            groups=f"base.group_user,{groups}",
            company_id=company.id,
            company_ids=[fields.Command.set(company.ids)],
            tz="Europe/Warsaw",
        )
        user.partner_id.phone = phone
        return user

    @classmethod
    def _create_portal_user(cls, partner):
        return cls.env["res.users"].create(
            {
                "login": "portal_customer",
                "partner_id": partner.id,
                "group_ids": [fields.Command.set(cls.env.ref("base.group_portal").ids)],
                "company_id": cls.company.id,
                "company_ids": [fields.Command.set(cls.company.ids)],
            }
        )

    # ------------------------------------------------------------------
    # Time
    # ------------------------------------------------------------------

    def set_now(self, now):
        """Move the clock to ``now`` (naive UTC) until the next call."""
        self.env.flush_all()  # what was done before is computed at its own time
        if getattr(self, "_clock", None):
            self._clock.stop()
        else:
            self.addCleanup(self._stop_clock)
        self._clock = freeze_time(now)
        self._clock.start()
        self.now = now

    def _stop_clock(self):
        self._clock.stop()

    def pass_time(self, **span):
        """Move the clock on by a ``timedelta``."""
        self.set_now(self.now + timedelta(**span))

    # ------------------------------------------------------------------
    # Records
    # ------------------------------------------------------------------

    def create_task(self, *reminders, starts_in=None, **values):
        """Create a task with the reminders, starting after a span from now.

        :param reminders: results of ``line``
        :param timedelta starts_in: 2 hours unless given
        """
        starts_in = timedelta(hours=2) if starts_in is None else starts_in
        task = self.env["project.task"].create(
            {
                "name": "Mow the lawn",
                "project_id": self.project.id,
                "partner_id": self.customer.id,
                "user_ids": [fields.Command.set(self.assignee.ids)],
                "planned_date_begin": self.now + starts_in,
                "reminder_customer_ids": [],
                "reminder_operator_ids": [],
                **values,
            }
        )
        for reminder in reminders:
            reminder["task_id"] = task.id
        self.env["crm.task.reminder"].create(list(reminders))
        return task

    @classmethod
    def create_employee(cls, name, **values):
        """Create an employee of the company, without a user unless given."""
        return cls.env["hr.employee"].create(
            {"name": name, "company_id": cls.company.id, **values}
        )

    def line(
        self, audience="customer", channel="sms", duration=1, unit="hours", **vals
    ):
        """Return the values of a reminder with the standard template."""
        return {
            "audience": audience,
            "channel": channel,
            "duration": duration,
            "duration_unit": unit,
            "sms_template_id": self.env.ref(
                f"crm_task_reminder.sms_template_{audience}"
            ).id,
            "mail_template_id": self.env.ref(
                f"crm_task_reminder.mail_template_{audience}"
            ).id,
            **vals,
        }

    # ------------------------------------------------------------------
    # The service
    # ------------------------------------------------------------------

    def run_service(self, sms_error=None, answers=None):
        """Run the scheduled action once; what left is in ``mails`` and ``texts``.

        ``mails`` are the e-mails handed to the mail server, ``texts`` pairs of number
        and text handed to the SMS gateway, ``servers`` the ids of the mail servers that
        were used, all of this run alone.

        :param str sms_error: what the gateway answers
        :param dict answers: what it answers for single numbers
        """
        self.env.flush_all()
        with (
            self.mock_mail_gateway(),
            self.mockSMSGateway(sim_error=sms_error, nbr_t_error=answers),
        ):
            self.cron.with_user(self.cron.user_id).method_direct_trigger()
            connections = self.connect_mocked.call_args_list
            self.servers = {call.kwargs.get("mail_server_id") for call in connections}
        self.env.invalidate_all()
        self.mails = list(self._mails)
        self.texts = [(sms["number"], sms["body"]) for sms in self._sms]

    def send(self, *reminders, **values):
        """Create a task with reminders of one hour, wait for them, run the service.

        :return project.task:
        """
        task = self.create_task(*reminders, **values)
        self.pass_time(hours=1)
        self.run_service()
        return task

    def send_while_down(self, *reminders, **values):
        """Like ``send``, by SMS unless given, with a gateway that is out of order."""
        task = self.create_task(*reminders or [self.line()], **values)
        self.pass_time(hours=1)
        self.run_service(sms_error=DOWN)
        return task

    def people(self, task, audience="customer"):
        """Return what the tab tells of who gets an audience's reminders, as HTML.

        :param task: a record, or the form of one
        """
        lines = getattr(task, f"reminder_{audience}_ids")
        if isinstance(task, Form):
            return "".join(values["people"] or "" for values in lines._records)
        return "".join(lines.mapped("people"))

    @property
    def addresses(self):
        """The e-mail addresses that the last run wrote to."""
        return [email_normalize(one) for mail in self.mails for one in mail["email_to"]]

    @property
    def numbers(self):
        """The phone numbers that the last run wrote to."""
        return [number for number, _text in self.texts]

    def patch_batch_size(self, size):
        """Let the service take ``size`` reminders at once."""
        for module in (crm_task_reminder_queue, crm_task_reminder_service):
            self.patch(module, "BATCH_SIZE", size)

    def close_row(self, row, state, reason):
        """End a message without a receipt, as when its answer is not known."""
        hand_over = self.env["crm.task.reminder.hand.over"]
        hand_over._close(row, state, ReminderError(reason))

    def rows(self, task):
        """Return the task's rows of the log in the order in which they were made."""
        return self.log.search([("task_id", "=", task.id)], order="id")

    def assert_reason(self, task, reason):
        """Assert that nothing left for the task and that the log says why."""
        self.assertFalse(self.mails)
        self.assertFalse(self.texts)
        self.assertEqual(self.rows(task).mapped("reason"), [reason])
        self.assertTrue(self.rows(task).reason_text)
