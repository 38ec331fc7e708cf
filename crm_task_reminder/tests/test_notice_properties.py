from datetime import timedelta

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..tools.moments import NEWS_MOMENTS
from ..tools.outcomes import TOLD_STATES
from .notice import NoticeCommon

#: What the SMS gateway does: it takes all, it is out of order, the credit is used up.
GATEWAY = st.sampled_from([None, None, None, "jsonrpc_exception", "credit"])
task = st.integers(0, 1)
hours = st.integers(24, 27)
minutes = st.sampled_from([1, 3, 5, 6, 20])
run = st.tuples(st.just("run"), minutes, GATEWAY)

#: Name of a method ``_do_<name>`` and its arguments.
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("move"), task, hours),
        st.tuples(st.just("move"), task, hours),
        st.tuples(st.just("move"), task, hours),
        st.tuples(
            st.just("close"),
            task,
            st.sampled_from(["1_canceled", "1_canceled", "1_done"]),
        ),
        st.tuples(st.just("close"), task, st.just("01_in_progress")),
        st.tuples(st.just("archive"), task, st.booleans()),
        st.tuples(st.just("empty"), task),
        st.tuples(st.just("many"), hours),
        st.tuples(st.just("tell"), task),
        st.tuples(st.just("drop"), task),
        st.tuples(st.just("switch"), st.booleans()),
        run,
        run,
        run,
        run,
    ),
    min_size=8,
    max_size=24,
)
#: About 3 seconds each.
EXAMPLES = 20


@tagged("post_install", "-at_install")
class TestNoticeProperties(NoticeCommon):
    """Whatever is moved, called off and sent in whatever order: the truth, once."""

    def setUp(self):
        super().setUp()
        self.tasks = []
        for moment in NEWS_MOMENTS:
            name = f"crm_task_reminder.sms_template_customer_{moment}"
            self.env.ref(name).body = (
                f"{moment}|{{{{ object.reminder_told_start }}}}"
                "|{{ object.reminder_start }}"
            )

    def test_the_truth_once(self):
        @settings(
            max_examples=EXAMPLES,
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
            for name, *arguments in steps:
                getattr(self, f"_do_{name}")(*arguments)
            self._assert_all_told()

        with mute_logger("odoo.models.unlink"):
            play()

    def _start_anew(self):
        """Begin on another day with two fresh tasks, of which nothing was told."""
        for one in self.tasks:
            one.unlink()
        self.set_now(self.now.replace(hour=6, minute=0) + timedelta(days=7))
        self.base = self.now
        self.company.reminder_enabled = True
        self.company.reminder_enabled_at = self.now - timedelta(days=7)
        self.tasks = [
            self.create_watched(
                self.line(duration=24), *self.all_news(), starts_in=None
            )
            for _number in range(2)
        ]
        #: What each was told last: a start, or False.
        self.told = dict.fromkeys(self.tasks, False)
        #: Those whose last news nobody has kept from being told.
        self.expected = set()
        self.seen = self.log

    def _assert_all_told(self):
        self._do_switch(True)
        for _round in range(3):  # each as long as a pause after a fault may last
            self._do_run(61, None)
        for one in self.expected:
            self.assertEqual(self.told[one], self._get_truth(one), self._describe(one))

    def _describe(self, one):
        """Return what became of a task, for who reads that the test has failed."""
        rows = self.rows(one)
        return rows.mapped(lambda row: (row.moment, row.start, row.state, row.reason))

    def _get_truth(self, one):
        """Return the start that is true now, False if it does not take place."""
        return one._allows_reminders() and one.planned_date_begin

    def _change(self, tasks, values, *, is_alone=True):
        former = {one: self._get_truth(one) for one in tasks}
        self.env["project.task"].concat(*tasks).write(values)
        for one in tasks:
            if self._get_truth(one) != former[one]:
                self.expected.discard(one)
                is_told = is_alone and self.company.reminder_enabled
                if is_told and one.state != "1_done" and one.planned_date_begin:
                    self.expected.add(one)

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def _do_move(self, number, span):
        start = self.base + timedelta(hours=span)
        self._change([self.tasks[number]], {"planned_date_begin": start})

    def _do_close(self, number, state):
        self._change([self.tasks[number]], {"state": state})

    def _do_archive(self, number, is_archived):
        self._change([self.tasks[number]], {"active": not is_archived})

    def _do_empty(self, number):
        self._change([self.tasks[number]], {"planned_date_begin": False})

    def _do_many(self, span):
        start = self.base + timedelta(hours=span)
        changed = [one for one in self.tasks if one.planned_date_begin != start]
        if len(changed) > 1:
            self._change(changed, {"planned_date_begin": start}, is_alone=False)

    def _do_tell(self, number):
        self._settle(number, "tell")

    def _do_drop(self, number):
        if self._settle(number, "drop"):
            self.expected.discard(self.tasks[number])

    def _settle(self, number, answer):
        try:
            getattr(self.tasks[number], f"action_{answer}_reminder_news")()
        except UserError:
            return False
        return True

    def _do_switch(self, is_on):
        if is_on != self.company.reminder_enabled:
            self.company.reminder_enabled = is_on
            self.expected.clear()

    @mute_logger("odoo.addons.sms.models.sms_sms")
    def _do_run(self, span, error):
        self.pass_time(minutes=span)
        self.run_service(sms_error=error)
        rows = self.log.search([("task_id", "in", [one.id for one in self.tasks])])
        new = rows.filtered(lambda row: row.state in TOLD_STATES) - self.seen
        self.seen += new
        texts = [text for _number, text in self.texts]
        # a reminder may leave in the same run as the news; that is not news
        for row in new.sorted(lambda row: (row.moment == "before", row.id)):
            self._check(row, texts)

    def _check(self, row, texts):
        one = row.task_id
        truth, told = self._get_truth(one), self.told[one]
        story = self._describe(one)
        if row.moment == "called_off":
            self.assertFalse(truth, story)
            self.assertEqual(row.start, told, story)
        else:
            self.assertEqual(row.start, truth, story)
        if row.moment == "set":
            self.assertFalse(told, story)
        elif row.moment == "moved":
            self.assertTrue(told, story)
            self.assertNotEqual(told, truth, story)
        if row.moment != "before" and row.state == "sent":
            old, new = (
                self.env["crm.task.reminder"]
                .with_context(tz="Europe/Warsaw", lang="en_US")
                ._format_moment(moment)
                for moment in (told or truth, truth or told)
            )
            self.assertIn(f"{row.moment}|{old}|{new}", texts, story)
        self.told[one] = row.moment != "called_off" and row.start
