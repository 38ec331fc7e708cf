import random
import re
from collections import Counter, defaultdict
from datetime import timedelta

from odoo.addons.crm_task_reminder.tests.notice import NoticeCommon
from odoo.tests import tagged

from .common import ReplyCommon

TASKS = 1000
#: Minutes until the service runs: news waits, or is told.
PAUSES = [30, 2, 30, 30]
STEP = timedelta(minutes=30)
NAME = re.compile(r'"Task (\d+)"')
STATES = {"cancel": "1_canceled", "reopen": "01_in_progress"}
ANSWERS = ("coming", "coming", "declined", "other")
DEEDS = (*["nothing"] * 3, *["move"] * 4, *ANSWERS, "cancel", *STATES)
WORDS = {
    "before": 'a reminder of "{}", {truth}.',
    "set": '"{}" is on {truth}.',
    "moved": '"{}" was moved from {told} to {truth}.',
    "called_off": '"{}" on {told} was called off.',
}
SETTLED = ("coming", "declined")


@tagged("post_install", "-at_install")
class TestInterleavings(NoticeCommon, ReplyCommon):
    """Many tasks, each with another order of moves, answers and messages.

    Of half of them the customer is told news, too. A plain model knows per task which
    start was told or answered last, and what was answered since.
    """

    def setUp(self):
        super().setUp()
        self.company.write(
            {
                "reminder_address_hourly_limit": 0,
                "reminder_address_daily_limit": 0,
            }
        )
        self.random = random.Random(11)
        choices = [self.random.sample(range(3, 7), 2) for _number in range(TASKS)]
        # Odoo's notes about new tasks would take half of the time
        tasks = self.env["project.task"].with_context(tracking_disable=True)
        created = tasks.create(
            [
                {
                    "name": f"Task {number}",
                    "project_id": self.project.id,
                    "partner_id": self.customer.id,
                    "planned_date_begin": self.now + first * STEP,
                    "reminder_customer_ids": [
                        (0, 0, line) for line in self._get_lines(number)
                    ],
                    "reminder_operator_ids": [],
                }
                for number, (first, _second) in enumerate(choices)
            ]
        )
        self.tasks = created.with_env(self.env)
        #: Each task is moved to and fro between two starts.
        self.starts = {
            task: {self.now + time * STEP for time in pair}
            for task, pair in zip(self.tasks, choices, strict=True)
        }
        # of so many at once a person is asked, who has some of them told
        self.watched = self.tasks[::2]
        self.watched[::2].action_tell_reminder_news()
        #: Task → the start that the customer knows, None that it was called off.
        self.told = {}
        #: Task → start → what was answered last, unless told otherwise since.
        self.answered = defaultdict(dict)

    def _get_lines(self, number):
        return [self.line(), *(self.all_news() if number % 2 == 0 else [])]

    def _do(self):
        """Do one thing with each task; return what was done."""
        chosen = defaultdict(list)
        for task in self.tasks:
            deed, start = self.random.choice(DEEDS), None
            if deed == "move":
                [start] = self.starts[task] - {task.planned_date_begin}
            chosen[deed, start].append(task)
        for (deed, start), members in chosen.items():
            tasks = self.tasks.browse().concat(*members)
            if start:
                self._write(tasks, {"planned_date_begin": start})
            elif deed in STATES:
                self._write(tasks, {"state": STATES[deed]})
            elif deed != "nothing":
                for task in tasks.filtered(self._is_ahead):
                    self.answer(task, deed)
                    # who answers knows of this start, and of no other any more
                    self.answered[task] = {task.planned_date_begin: deed}
                    self.told[task] = task.planned_date_begin
        return {deed for deed, _start in chosen}

    def _write(self, tasks, values):
        # many at once would be told when a person says so
        for task in tasks & self.watched:
            task.write(values)
        (tasks - self.watched).write(values)

    def _is_ahead(self, task):
        return task.planned_date_begin > self.now

    # ------------------------------------------------------------------
    # What left
    # ------------------------------------------------------------------

    def _get_truth(self, task):
        return None if task.state == "1_canceled" else task.planned_date_begin

    def _find_true_moments(self, task):
        """Return what the customer may be told now."""
        truth, told = self._get_truth(task), self.told.get(task)
        if not truth:
            return ["called_off"] if told else []
        if self.answered[task].get(truth) in SETTLED:
            return []
        if told == truth:
            return ["before"]
        return ["before", "moved" if told else "set"]

    def _hear(self, text):
        """Assert that a message is true, and remember it; return its moment."""
        task = self.tasks[int(NAME.search(text)[1])]
        lines = self.env["crm.task.reminder"]
        lines = lines.with_context(lang="en_US", tz="Europe/Warsaw")
        truth, told = self._get_truth(task), self.told.get(task)
        starts = {
            "truth": lines._format_moment(truth) if truth else "",
            "told": lines._format_moment(told) if told else "",
        }
        moments = self._find_true_moments(task)
        said = [
            one for one in moments if WORDS[one].format(task.name, **starts) in text
        ]
        self.assertEqual(len(said), 1, (text, starts, moments))
        self.told[task] = truth
        answered = self.answered[task]
        self.answered[task] = {truth: answered[truth]} if truth in answered else {}
        return said[0]

    def _assert_answers(self):
        for task in self.tasks:
            if start := self._get_truth(task):
                kind = self.answered[task].get(start, False)
                self.assertEqual(task.reminder_answer, kind, task.name)

    def test_no_message_is_wrong_and_no_answer_is_lost(self):
        done, sent = set(), Counter()
        for pause in PAUSES:
            self.pass_time(minutes=1)
            done |= self._do()
            self.pass_time(minutes=pause)
            self.run_service()
            # a reminder may leave in the same run as the news; that is not news
            texts = sorted(
                (text for _number, text in self.texts),
                key=lambda text: "a reminder of" in text,
            )
            sent.update(map(self._hear, texts))
            self._assert_answers()
        self.assertEqual(done, set(DEEDS))
        # the orders are not empty
        for moment in WORDS:
            self.assertGreater(sent[moment], TASKS // 40, sent)
        void = self.answers.search_count([("is_void", "=", True)])
        self.assertGreater(void, TASKS // 100)
        for answer in self.answers.search([]):
            is_present = answer.task_id.planned_date_begin == answer.start
            self.assertEqual(answer.is_current, is_present and not answer.is_void)
        for link in self.links.search([("answer", "!=", False)]):
            self.assertEqual(link.answer, link._get_answer().kind)
