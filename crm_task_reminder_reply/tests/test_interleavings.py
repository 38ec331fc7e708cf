import random
import re
from collections import Counter
from datetime import timedelta

from odoo.tests import tagged

from .common import ReplyCommon

TASKS = 1000
STEPS = 6
STEP = timedelta(minutes=30)
NAME = re.compile(r"Task (\d+)\.")
DEEDS = ("nothing", "move", "coming", "declined", "other", "cancel", "reopen")


@tagged("post_install", "-at_install")
class TestInterleavings(ReplyCommon):
    """A thousand tasks, each with another order of moves, answers and messages."""

    def setUp(self):
        super().setUp()
        self.company.write(
            {
                "reminder_address_hourly_limit": 0,
                "reminder_address_daily_limit": 0,
            }
        )
        self.random = random.Random(11)
        self.tasks = self.env["project.task"].create(
            [
                {
                    "name": f"Task {number}.",
                    "project_id": self.project.id,
                    "partner_id": self.customer.id,
                    "planned_date_begin": self.now + self._choose_span(),
                    "reminder_customer_ids": [(0, 0, self.line())],
                    "reminder_operator_ids": [],
                }
                for number in range(TASKS)
            ]
        )

    def _choose_span(self):
        return self.random.randint(3, 8) * STEP

    def _do(self, task):
        """Do one thing with a task; return what it was."""
        deed = self.random.choice(DEEDS)
        is_ahead = task.planned_date_begin > self.now
        if deed == "move":
            task.planned_date_begin = self.now + self._choose_span()
        elif deed == "cancel":
            task.state = "1_canceled"
        elif deed == "reopen":
            task.state = "01_in_progress"
        elif deed != "nothing" and is_ahead:
            self.answer(task, deed)
        return deed

    def test_no_message_is_wrong_and_no_answer_is_lost(self):
        done, sent = Counter(), 0
        for _step in range(STEPS):
            done.update(map(self._do, self.tasks))
            self.pass_time(minutes=STEP.seconds // 60)
            self.run_service()
            for _number, text in self.texts:
                task = self.tasks[int(NAME.search(text)[1])]
                reader = task.with_context(lang="en_US", tz="Europe/Warsaw")
                self.assertIn(reader.reminder_start, text)
                self.assertNotEqual(task.state, "1_canceled")
                self.assertNotIn(task.reminder_answer, ("coming", "declined"))
                sent += 1
        self.assertGreater(sent, TASKS // 5)
        self.assertTrue(all(done[deed] for deed in DEEDS))
        for answer in self.answers.search([]):
            is_present = answer.task_id.planned_date_begin == answer.start
            self.assertEqual(answer.is_current, is_present)
        for link in self.links.search([("answer", "!=", False)]):
            self.assertEqual(link.answer, link._get_answer().kind)
