"""Reasons why a reminder may not go: how each comes about, and who is told what."""

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

from odoo.fields import Command

from .common import ReminderCommon

# What an asker answers where that is not the reason itself, or another reason:
#: The reminder goes.
GOES = "goes"
#: Nothing: the service does not come to it.
UNASKED = "unasked"
#: Nothing, it waits: the log says the reason once for the whole company.
COMPANY = "company"
#: The message goes on waiting, and its row says the reason.
PUT_OFF = "put off"
#: Nothing: the line's state says it, in a column of its own.
STATE = "state"
#: Nothing: the tab is not shown.
HIDDEN = "hidden"


class Row(NamedTuple):
    """A reason, how it comes about, and which asker answers something else and what.

    ``bring_about`` takes the test and some tasks whose reminders are due.
    """

    reason: str
    bring_about: Callable
    channel: str = "sms"
    queue: str = ""
    waiting: str = ""
    send_now: str = ""
    tab: str = ""
    preview: str = ""


def change(name, **values):
    """Return a function that writes values to the tasks, or to a record of the test."""
    return lambda test, tasks: (
        tasks if name == "tasks" else getattr(test, name)
    ).write(values)


def call(name):
    """Return a function that calls a method of the test with the tasks."""
    return lambda test, tasks: getattr(test, name)(tasks)


TABLE = [
    # The task. A line without a time, or of a task that nobody is to be reminded of, is
    # not among what is due. What waits is about the start that it was written for.
    Row(
        "no_start",
        change("tasks", planned_date_begin=False),
        queue=UNASKED,
        waiting="moved",
        tab=STATE,
    ),
    Row("closed", change("tasks", state="1_done"), queue=UNASKED, tab=STATE),
    Row(
        "switched_off",
        change("tasks", reminder_customer_off=True),
        queue=UNASKED,
        tab=STATE,
    ),
    Row("started", call("let_start")),
    # *Send now* sets the time anew: none has passed then.
    Row("passed", call("move_close"), waiting="moved", send_now=GOES),
    # What waits is dropped by the switch, and written anew once they are on again.
    Row("before_switch", call("switch_anew"), waiting="company_off", send_now=GOES),
    # The message that waits is the first line's, which is not the one too many.
    Row("repeated", call("add_equal_lines"), waiting=GOES),
    Row("no_access", change("project", privacy_visibility="followers")),
    # The set-up. What is written needs no template any more; what else lacks, lacks at
    # the moment of handing it over.
    Row("no_template", call("delete_template"), waiting=GOES),
    Row(
        "no_account",
        change("company", reminder_mail_server_id=False),
        channel="email",
        waiting=PUT_OFF,
    ),
    Row("sms_account", call("open_gap"), waiting=PUT_OFF),
    # The company. One that is off shows nobody the tab.
    Row(
        "company_off",
        change("company", reminder_enabled=False),
        queue=UNASKED,
        tab=HIDDEN,
    ),
    *(
        Row(reason, bring_about, queue=COMPANY, waiting=COMPANY)
        for reason, bring_about in (
            ("no_operator", change("company", reminder_user_id=False)),
            ("operator_archived", change("operator", active=False)),
            ("operator_company", call("move_operator")),
            ("operator_rights", call("degrade_operator")),
            ("operator_password", change("operator", password="correct horse")),
        )
    ),
    # The recipient. What waits is for one address, whatever has come in its place.
    *(
        Row(reason, bring_about, channel, waiting="readdressed")
        for reason, channel, bring_about in (
            ("no_recipient", "sms", change("tasks", partner_id=False)),
            ("archived", "sms", change("customer", active=False)),
            ("no_phone", "sms", change("customer", phone=False)),
            ("invalid_phone", "sms", change("customer", phone="12")),
            ("landline", "sms", change("customer", phone="22 123 45 67")),
            ("no_email", "email", change("customer", email=False)),
            ("invalid_email", "email", change("customer", email="karol at home")),
            ("blacklisted", "sms", call("blacklist")),
        )
    ),
]


class DecisionCommon(ReminderCommon):
    """Three tasks whose reminders are due: one for the queue, one whose message waits
    already, and one that a person has sent at once.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls._create_user(
            "clerk", "Klara Clerk", groups="project.group_project_manager"
        )
        cls.template = cls.env.ref("crm_task_reminder.sms_template_customer").copy()

    def create_tasks(self, channel):
        values = {"channel": channel, "sms_template_id": self.template.id}
        port = self.mail_server.smtp_port
        self.mail_server.smtp_port = self._get_unused_port()
        self.waiting = self.send_while_down(self.line(**values))
        self.mail_server.smtp_port = port
        self.assertEqual(self.rows(self.waiting).state, "queued")
        self.due, self.asked = (
            self.create_task(self.line(**values), starts_in=timedelta(hours=1))
            for _number in range(2)
        )
        return self.waiting + self.due + self.asked

    # ------------------------------------------------------------------
    # How reasons come about
    # ------------------------------------------------------------------

    def let_start(self, _tasks):
        self.pass_time(hours=1)

    def move_close(self, tasks):
        tasks.planned_date_begin = self.now + timedelta(minutes=30)

    def switch_anew(self, _tasks):
        self.pass_time(minutes=10)
        self.company.reminder_enabled = False
        self.company.reminder_enabled = True

    def add_equal_lines(self, tasks):
        for task in tasks:
            line = self.line(sms_template_id=self.template.id, task_id=task.id)
            self.env["crm.task.reminder"].create(line)

    def delete_template(self, _tasks):
        self.template.unlink()

    def open_gap(self, _tasks):
        provider = self.registry["crm.task.reminder.sms.provider.iap"]
        self.patch(provider, "_find_gap", lambda _provider, _company: "No contract")

    def move_operator(self, _tasks):
        other = self._create_company("Drugi Dom")
        self.operator.write(
            {"company_ids": [Command.set(other.ids)], "company_id": other.id}
        )

    def degrade_operator(self, _tasks):
        self.operator.group_ids = self.env.ref("base.group_portal")

    def blacklist(self, _tasks):
        self.env["phone.blacklist"].create({"number": "+48600100200"})
