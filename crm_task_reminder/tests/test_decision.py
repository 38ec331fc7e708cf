from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import NamedTuple

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..tools.outcomes import REASONS, get_refused_state
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

#: Only of lines that tell news, see ``test_notice_many.py``.
OF_NEWS = {"no_news"}
#: Only of lines that are not counted back from the start, see ``test_anchors.py``.
OF_OTHER_DATES = {"no_end", "ended", "late", "not_done"}
#: What can't be decided beforehand: it comes up while a message is written, while it
#: waits, when it is handed over, or after that.
FOUND_LATER = {
    *("template_error", "error"),
    *("moved", "removed", "readdressed", "renewed", "replaced", "cancelled", "limit"),
    "address_limit",
    # of a line that is repeated, see ``test_repeats``
    "next_time",
    # each recipient has an hour of its own, see ``test_hours``
    "quiet",
    *("interrupted", "no_answer", "mail_server", "invalid_sender", "bounced", "spam"),
    *("sms_gateway", "no_credit", "country", "refused", "expired"),
    # see ``test_parts`` and ``test_undelivered``
    *("daily_limit", "undelivered"),
}
#: What holds for operators' reminders alone, see ``test_plan``.
OF_OPERATORS = {"planned"}


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


@tagged("post_install", "-at_install")
class TestDecision(DecisionCommon):
    """Whoever asks why a reminder may not go is told the same.

    The askers are the queue, a message that waits, *send now*, the tab and the preview.
    There is a test for each row of ``TABLE``.
    """

    def test_every_reason_has_a_row(self):
        reasons = {reason for reason, _label in REASONS}
        rows = [row.reason for row in TABLE]
        self.assertEqual(len(rows), len(set(rows)))
        elsewhere = OF_NEWS | OF_OTHER_DATES | OF_OPERATORS
        self.assertEqual(reasons - FOUND_LATER - elsewhere, set(rows))

    def test_send_again_waits_for_an_operator(self):
        """Without one, there is nobody whose rights could be asked for."""
        task = self.create_tasks("sms")[0]
        row = self.rows(task)
        self.close_row(row, "failed", "refused")
        self.company.reminder_user_id = False
        row.with_user(self.clerk).action_send_again()
        self.assertEqual(row.state, "queued")

    def assert_row(self, row):
        tasks = self.create_tasks(row.channel)
        row.bring_about(self, tasks)
        self.env.flush_all()
        self.env.invalidate_all()
        label = dict(REASONS)[row.reason]
        for asker in ("tab", "preview", "send_now"):
            answer = getattr(row, asker) or label
            with self.subTest(asker=asker, reason=row.reason):
                getattr(self, f"_assert_{asker}")(answer)
        self.pass_time(minutes=2)
        self.run_service()
        for asker in ("queue", "waiting"):
            answer = getattr(row, asker) or row.reason
            with self.subTest(asker=asker, reason=row.reason):
                self._assert_row(getattr(self, ASKED[asker]), answer, row.reason)
        if row.send_now == GOES:
            self.assertEqual(self.rows(self.asked).state, "sent")

    # ------------------------------------------------------------------
    # The askers
    # ------------------------------------------------------------------

    def _assert_tab(self, answer):
        task = self.due.with_user(self.clerk)
        text = f"{self.people(task)} {task.reminder_trouble}"
        self.assertEqual(task.reminder_enabled, answer != HIDDEN)
        if answer == STATE:
            self.assertIn(task.reminder_ids.state, ("waiting", "cancelled"))
        elif answer != HIDDEN:
            self.assertIn(answer, unescape(text))

    def _assert_preview(self, answer):
        previews = self.env["crm.task.reminder.preview"].with_user(self.clerk)
        newest = self.due.reminder_ids.sorted("id")[-1]
        preview = previews.create({"reminder_id": newest.id})
        self.assertIn(answer, unescape(preview.content))

    def _assert_send_now(self, answer):
        reminder = self.asked.reminder_ids.sorted("id")[-1].with_user(self.clerk)
        if answer == GOES:
            reminder.action_send_now()
        else:
            with self.assertRaises(UserError) as refusal:
                reminder.action_send_now()
            self.assertIn(answer, str(refusal.exception))

    def _assert_row(self, task, answer, reason):
        """Assert what the log says of a task after a run of the service."""
        row = self.rows(task)[:1]
        outcomes = {
            UNASKED: (False, False),
            GOES: ("sent", False),
            PUT_OFF: ("queued", reason),
        }
        if answer == COMPANY:
            self.assertIn(row.state, (False, "queued"))
            run = [("operation", "=", "service"), ("company_id", "=", self.company.id)]
            self.assertEqual(self.log.search(run, limit=1).reason, reason)
        else:
            refused = (get_refused_state(answer), answer)
            outcome = outcomes.get(answer, refused)
            self.assertEqual((row.state, row.reason), outcome)


#: Which of the tasks the queue, and a message that waits, are asked about.
ASKED = {"queue": "due", "waiting": "waiting"}

for _row in TABLE:
    setattr(
        TestDecision,
        f"test_{_row.reason}",
        lambda self, row=_row: self.assert_row(row),
    )


@tagged("post_install", "-at_install")
class TestPersonalText(ReminderCommon):
    """A text may be one recipient's own: an extension changes it for each delivery."""

    def _write_names(self, channel, *parts):
        """Let a channel put the recipient's name behind parts of each text."""

        model = self.registry[f"crm.task.reminder.channel.{channel}"]
        original = model._personalise

        def personalise(channel, company, delivery):
            original(channel, company, delivery)
            for part in parts:
                delivery.content[part] += f" ({delivery.recipient.name})"

        self.patch(model, "_personalise", personalise)

    def _create_task(self, channel):
        self.second = self._create_user("second", "Sonia Second", "600 100 202")
        users = self.assignee + self.second
        return self.create_task(
            self.line("operator", channel), user_ids=[Command.set(users.ids)]
        )

    def _assert_preview(self, task):
        previews = self.env["crm.task.reminder.preview"]
        content = previews.create({"reminder_id": task.reminder_ids.id}).content
        self.assertEqual(content.count("<section"), 2)
        for user in (self.assignee, self.second):
            self.assertIn(f"({user.name})", content)

    def test_two_sms_of_one_task(self):
        self._write_names("sms", "body")
        task = self._create_task("sms")
        self._assert_preview(task)
        self.pass_time(hours=1)
        self.run_service()
        texts = dict(self.texts)
        self.assertTrue(texts["+48600100201"].endswith(" (Adam Assignee)"))
        self.assertTrue(texts["+48600100202"].endswith(" (Sonia Second)"))

    def test_two_mails_of_one_task(self):
        self._write_names("email", "subject", "body", "body_html")
        task = self._create_task("email")
        self._assert_preview(task)
        self.pass_time(hours=1)
        self.run_service()
        for user in (self.assignee, self.second):
            [mail] = [one for one in self.mails if user.name in one["email_to"][0]]
            self.assertTrue(mail["subject"].endswith(f" ({user.name})"))
            self.assertEqual(mail["body"].count(f"({user.name})"), 1)
            [row] = self.rows(task).filtered(
                lambda row, user=user: row.partner_id == user.partner_id
            )
            self.assertIn(f"({user.name})", row.message_id.body)


@tagged("post_install", "-at_install")
class TestCompletedText(ReminderCommon):
    """What an extension gives to each message of a batch, and keeps of it."""

    def setUp(self):
        super().setUp()
        queue = self.registry["crm.task.reminder.queue"]
        self.batches = []

        def complete(queue, company, channel, deliveries):
            self.batches.append(len(deliveries))
            for number, delivery in enumerate(deliveries):
                content = delivery.content
                content["body"] += f" [{number}]"
                content["headers"] = {"X-Number": str(number)}
                delivery.row["recipient_name"] = f"number {number}"

        self.patch(queue, "_complete", complete)
        self.second = self._create_user("second", "Sonia Second", "600 100 202")
        users = self.assignee + self.second
        self.users = [Command.set(users.ids)]

    def test_each_sms_and_its_row_have_their_own(self):
        first = self.create_task(self.line("operator"), user_ids=self.users)
        second = self.create_task(self.line("operator"), user_ids=self.users)
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual(self.batches, [4])
        endings = {text[-4:] for _number, text in self.texts}
        self.assertEqual(endings, {" [0]", " [1]", " [2]", " [3]"})
        for row in self.rows(first) + self.rows(second):
            [number] = row.recipient_name.split()[1:]
            self.assertIn(f"[{number}]", row.message_id.body)

    def test_each_mail_has_its_own_headers(self):
        for _task in range(2):
            self.create_task(self.line("operator", "email"), user_ids=self.users)
        self.pass_time(hours=1)
        self.run_service()
        numbers = {mail["headers"]["X-Number"] for mail in self.mails}
        self.assertEqual(numbers, {"0", "1", "2", "3"})
        for mail in self.mails:
            self.assertEqual(mail["headers"]["Auto-Submitted"], "auto-generated")

    def test_what_is_only_shown_is_not_completed(self):
        task = self.create_task(self.line("operator"), user_ids=self.users)
        previews = self.env["crm.task.reminder.preview"]
        content = previews.create({"reminder_id": task.reminder_ids.id}).content
        self.assertIn("Mow the lawn", content)
        self.assertEqual(self.batches, [])
