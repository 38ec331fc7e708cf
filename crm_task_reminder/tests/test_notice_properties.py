import os
from datetime import timedelta
from random import Random

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..tools.moments import NEWS_MOMENTS
from ..tools.outcomes import TOLD_STATES
from .notice import NoticeCommon

#: Tasks that each have a story of their own; of all tests together so many, unless the
#: environment says how many.
PLAYS = int(os.environ.get("REMINDER_PLAYS", "120"))
ROUNDS = 22
#: What happens to a task in a round: name of a method ``_do_<name>`` and its arguments.
STEPS = [
    *[("rest",)] * 8,
    *[("move", hours) for hours in (24, 25, 26, 27)] * 3,
    ("close", "1_canceled"),
    ("close", "1_canceled"),
    ("close", "1_done"),
    ("close", "01_in_progress"),
    ("close", "01_in_progress"),
    ("archive", True),
    ("archive", False),
    ("empty",),
    ("tell",),
    ("drop",),
]
#: What the SMS gateway does: it takes all, it is out of order, the credit is used up.
GATEWAY = [None, None, None, None, "jsonrpc_exception", "credit"]
#: Minutes between two runs of the service.
PAUSES = [1, 3, 5, 6, 20]


@tagged("post_install", "-at_install")
class TestNoticeProperties(NoticeCommon):
    """Whatever is moved, called off and sent in whatever order: the truth, once."""

    def setUp(self):
        super().setUp()
        for moment in NEWS_MOMENTS:
            name = f"crm_task_reminder.sms_template_customer_{moment}"
            self.env.ref(name).body = (
                f"{moment}|{{{{ object.reminder_told_start }}}}"
                "|{{ object.reminder_start }}"
            )
        self.base = self.now
        self.random = Random(19)

    def test_the_truth_once(self):
        self._create_plays()
        with mute_logger("odoo.models.unlink", "odoo.addons.sms.models.sms_sms"):
            for number in range(ROUNDS):
                if number in (9, 10):
                    self._do_switch(number == 10)
                for one in self.tasks:
                    name, *arguments = self.random.choice(STEPS)
                    getattr(self, f"_do_{name}")(one, *arguments)
                if number % 6 == 5:
                    self._move_many()
                pause = self.random.choice(PAUSES)
                self._run(pause, self.random.choice(GATEWAY))
            self._assert_all_told()
        # the stories are not empty
        moments = self.seen.mapped("moment")
        for moment in (*NEWS_MOMENTS, "before"):
            self.assertGreater(moments.count(moment), PLAYS // 20, moment)

    def _create_plays(self):
        partners = self.env["res.partner"].create(
            [
                {"name": f"Customer {number}", "phone": f"+48600{200000 + number}"}
                for number in range(PLAYS)
            ]
        )
        partners.write(
            {"tz": "Europe/Warsaw", "country_id": self.env.ref("base.pl").id}
        )
        self.tasks = self.env["project.task"].create(
            [
                {
                    "name": f"Task {partner.id}",
                    "project_id": self.project.id,
                    "partner_id": partner.id,
                    "reminder_customer_ids": [],
                    "reminder_operator_ids": [],
                }
                for partner in partners
            ]
        )
        self.env["crm.task.reminder"].create(
            [
                {**line, "task_id": one.id}
                for one in self.tasks
                for line in (self.line(duration=24), *self.all_news())
            ]
        )
        #: What each was told last: a start, or False.
        self.told = dict.fromkeys(self.tasks, False)
        #: Those whose last news nobody has kept from being told.
        self.expected = set()
        self.seen = self.log

    def _assert_all_told(self):
        for _round in range(3):  # each as long as a pause after a fault may last
            self._run(61, None)
        for one in self.expected:
            if self.told[one] != self._get_truth(one):
                self._fail(one)

    def _fail(self, one):
        """Tell what became of a task."""
        rows = self.rows(one)
        story = rows.mapped(
            lambda row: (row.moment, row.start, row.state, row.reason, row.create_date)
        )
        self.fail((one, self._get_truth(one), self.told[one], story))

    def _get_truth(self, one):
        """Return the start that is true now, False if it does not take place."""
        return one._allows_reminders() and one.planned_date_begin

    def _change(self, tasks, values, *, is_alone=True):
        former = {one: self._get_truth(one) for one in tasks}
        tasks.write(values)
        for one in tasks:
            if self._get_truth(one) != former[one]:
                self.expected.discard(one)
                is_told = is_alone and self.company.reminder_enabled
                if is_told and one.state != "1_done" and one.planned_date_begin:
                    self.expected.add(one)
            if one._allows_reminders() and not one.planned_date_begin:
                # open and without a start: a person is asked
                self.expected.discard(one)

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def _do_rest(self, one):
        """Nobody touches it."""

    def _do_move(self, one, hours):
        self._change(one, {"planned_date_begin": self.base + timedelta(hours=hours)})

    def _do_close(self, one, state):
        self._change(one, {"state": state})

    def _do_archive(self, one, is_archived):
        self._change(one, {"active": not is_archived})

    def _do_empty(self, one):
        self._change(one, {"planned_date_begin": False})

    def _do_tell(self, one):
        self._settle(one, "tell")

    def _do_drop(self, one):
        if self._settle(one, "drop"):
            self.expected.discard(one)

    def _settle(self, one, answer):
        try:
            getattr(one, f"action_{answer}_reminder_news")()
        except UserError:
            return False
        return True

    def _do_switch(self, is_on):
        self.company.reminder_enabled = is_on
        self.expected.clear()

    def _move_many(self):
        """Move some at once to one start: nobody is told unless somebody says so."""
        start = self.base + timedelta(hours=self.random.choice((24, 25, 26, 27)))
        some = self.tasks.filtered(
            lambda one: one.planned_date_begin != start and self.random.random() < 0.2
        )
        self._change(some, {"planned_date_begin": start}, is_alone=False)

    # ------------------------------------------------------------------
    # What left
    # ------------------------------------------------------------------

    def _run(self, span, error):
        self.pass_time(minutes=span)
        self.run_service(sms_error=error)
        rows = self.log.search(
            [("task_id", "in", self.tasks.ids), ("state", "in", TOLD_STATES)]
        )
        new = rows - self.seen
        self.seen += new
        texts = set(self.texts)
        # a reminder may leave in the same run as the news; that is not news
        for row in new.sorted(lambda row: (row.moment == "before", row.id)):
            if not self._is_right(row, texts):
                self._fail(row.task_id)
            self.told[row.task_id] = row.moment != "called_off" and row.start

    def _is_right(self, row, texts):
        """Tell whether a message says the truth, and only what is new to its reader."""
        truth, told = self._get_truth(row.task_id), self.told[row.task_id]
        if row.moment == "called_off":
            is_right = not truth and told and row.start == told
        else:
            is_right = row.start == truth
        if row.moment == "set":
            is_right &= not told
        elif row.moment == "moved":
            is_right &= bool(told) and told != truth
        if row.moment != "before" and row.state == "sent":
            lines = self.env["crm.task.reminder"]
            lines = lines.with_context(tz="Europe/Warsaw", lang="en_US")
            old = lines._format_moment(told or truth)
            new = lines._format_moment(truth or told)
            text = f"{row.moment}|{old}|{new}"
            is_right &= (row.address, text) in texts
        return bool(is_right)
