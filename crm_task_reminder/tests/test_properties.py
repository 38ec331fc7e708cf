from collections import Counter
from datetime import timedelta

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ReminderCommon

HANDED_OVER = ("sent", "delivered")
#: What the SMS gateway does: it takes all, it is out of order, the credit is used up.
GATEWAY = st.sampled_from([None, None, None, "server_error", "credit"])

task = st.integers(0, 3)
person = st.integers(0, 2)
minutes = st.sampled_from([-90, -30, -1, 1, 30, 45, 60, 90, 180, 1440])
span = st.sampled_from([1, 15, 30, 60])
duration = st.sampled_from([0, 1, 30, 60, 120])
line = st.tuples(
    st.sampled_from(["customer", "operator"]), st.sampled_from(["sms", "email"])
)

#: Name of a method ``_do_<name>`` and its arguments.
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("run"), GATEWAY),
        st.tuples(st.just("wait"), span),
        st.tuples(st.just("wait_and_run"), span, GATEWAY),
        st.tuples(st.just("wait_and_run"), span, GATEWAY),
        st.tuples(st.just("wait_and_run"), span, GATEWAY),
        st.tuples(st.just("move"), task, minutes),
        st.tuples(st.just("move_back"), task),
        st.tuples(st.just("rename"), task),
        st.tuples(st.just("close"), task, st.sampled_from(["1_done", "1_canceled"])),
        st.tuples(st.just("reopen"), task),
        st.tuples(st.just("archive"), task, st.booleans()),
        st.tuples(st.just("copy"), task, minutes),
        st.tuples(st.just("delete"), task),
        st.tuples(st.just("reassign"), task, person),
        st.tuples(st.just("edit"), task, duration),
        st.tuples(st.just("add"), task, line, duration),
        st.tuples(st.just("switch"), task, st.booleans()),
        st.tuples(st.just("send_passed"), st.booleans()),
    ),
    min_size=8,
    max_size=20,
)


@tagged("post_install", "-at_install")
class TestProperties(ReminderCommon):
    """Whatever people do in whatever order: once, and no reminder without outcome."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Two assignees share a number; one customer has neither number nor address.
        cls.assignees = cls.assignee
        for number in range(2):
            cls.assignees += cls._create_user(
                f"other{number}", f"Other {number}", "600 100 201"
            )
        cls.customers = cls.customer + cls.env["res.partner"].create(
            [{"name": "Nina Nowa", "phone": "+48600100444"}, {"name": "Bez Numeru"}]
        )

    def setUp(self):
        super().setUp()
        self.tasks = self.env["project.task"]

    def test_r15_once_and_always_with_an_outcome(self):
        @settings(
            max_examples=20,
            deadline=None,
            derandomize=True,
            database=None,
            report_multiple_bugs=False,
            phases=[Phase.generate],  # each step costs too much to shrink a sequence
            suppress_health_check=list(HealthCheck),
        )
        @given(STEPS)
        def play(steps):
            self._start_anew()
            for name, *arguments in [*steps, ("wait_and_run", 15, None)]:
                getattr(self, f"_do_{name}")(*arguments)

        with mute_logger("odoo.models.unlink"):
            play()

    def _start_anew(self):
        """Begin on another day with three fresh tasks."""
        self.tasks.exists().unlink()
        self.tasks = self.tasks.browse()
        self.set_now(self.now.replace(hour=6, minute=0) + timedelta(days=7))
        self.company.reminder_send_passed = False
        for starts_in in (90, 120, 150):
            self.tasks += self.create_task(
                self.line(duration=60, unit="minutes"),
                self.line("operator", "email", 30, "minutes"),
                starts_in=timedelta(minutes=starts_in),
            )
        self.first_starts = {one: one.planned_date_begin for one in self.tasks}
        #: (reminder, start, form, address) of each message that arrived
        self.received = Counter()

    def _task(self, index):
        tasks = self.tasks.exists()
        return tasks[index % len(tasks)] if tasks else tasks

    # ------------------------------------------------------------------
    # What people do
    # ------------------------------------------------------------------

    def _do_wait(self, minutes):
        self.pass_time(minutes=minutes)

    def _do_wait_and_run(self, minutes, sms_error):
        self._do_wait(minutes)
        self._do_run(sms_error)

    def _do_move(self, index, minutes):
        for one in self._task(index):
            start = one.planned_date_begin or self.now
            one.planned_date_begin = start + timedelta(minutes=minutes)

    def _do_move_back(self, index):
        for one in self._task(index):
            one.planned_date_begin = self.first_starts.get(one)

    def _do_rename(self, index):
        for one in self._task(index):
            one.name += "!"

    def _do_close(self, index, state):
        self._task(index).state = state

    def _do_reopen(self, index):
        self._task(index).state = "01_in_progress"

    def _do_archive(self, index, active):
        self._task(index).active = not active

    def _do_copy(self, index, minutes):
        for one in self._task(index):
            copy = one.copy()
            copy.planned_date_begin = self.now + timedelta(minutes=minutes)
            self.tasks += copy

    def _do_delete(self, index):
        self._task(index).unlink()

    def _do_reassign(self, index, person):
        for one in self._task(index):
            one.partner_id = self.customers[person]
            one.user_ids = [Command.set(self.assignees[person:].ids)]

    def _do_edit(self, index, duration):
        for reminder in self._task(index).reminder_ids[:1]:
            try:
                reminder.duration = duration
            except UserError:
                self.assertEqual(reminder.state, "done")

    def _do_add(self, index, line, duration):
        for one in self._task(index):
            values = self.line(*line, duration, "minutes", task_id=one.id)
            self.env["crm.task.reminder"].create(values)

    def _do_switch(self, index, is_on):
        for one in self._task(index):
            one.reminder_customer = is_on

    def _do_send_passed(self, is_on):
        self.company.reminder_send_passed = is_on

    # ------------------------------------------------------------------
    # The service, and what holds after each run
    # ------------------------------------------------------------------

    def _do_run(self, sms_error):
        self.run_service(sms_error=sms_error)
        self._receive()
        self.tasks = self.tasks.exists()
        for reminder in self.tasks.with_context(active_test=False).reminder_ids:
            self._check_outcome(reminder)

    def _receive(self):
        """Note what arrived, by what the mail server and the gateway were given."""
        trackers = self.env["sms.tracker"].search(
            [("sms_uuid", "in", [sms["uuid"] for sms in self._sms])]
        )
        messages = self.env["mail.message"].search(
            [("message_id", "in", [mail["message_id"] for mail in self.mails])]
        )
        rows = self.log.search(
            [
                "|",
                ("notification_id", "in", trackers.mail_notification_id.ids),
                ("message_id", "in", messages.ids),
            ]
        )
        self.assertEqual(len(rows), len(self.texts) + len(self.mails))
        for row in rows:
            self.assertIn(row.state, HANDED_OVER)
            self.assertTrue(row.task_id._allows_reminders())
            self.assertGreater(row.start, self.now - timedelta(minutes=15))
            self.assertLessEqual(row.due_at, self.now + timedelta(seconds=30))
            key = (row.reminder_id, row.start, row.channel, row.address)
            self.received[key] += 1
            self.assertEqual(self.received[key], 1, key)

    def _check_outcome(self, reminder):
        task = reminder.task_id
        if not reminder.due_at or reminder.due_at > self.now:
            return
        self.assertNotIn(reminder.state, ("scheduled", "waiting"))
        if reminder.state == "cancelled":
            self.assertFalse(task._wants_reminders(reminder.audience))
            return
        rows = reminder.sudo().log_ids.filtered(
            lambda row: row.start == task.planned_date_begin
        )
        self.assertTrue(rows, reminder.state)
        for row in rows - rows.filtered(lambda row: row.state in HANDED_OVER):
            self.assertTrue(row.reason, row.state)
