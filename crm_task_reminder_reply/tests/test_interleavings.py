import random
import re
from collections import defaultdict
from datetime import timedelta

from odoo.tests import tagged

from .common import ReplyCommon

TASKS = 1000
STEPS = 4
STEP = timedelta(minutes=30)
NAME = re.compile(r"Task (\d+)\.")
STATES = {"cancel": "1_canceled", "reopen": "01_in_progress"}
DEEDS = ("nothing", "move", "coming", "declined", "other", *STATES)


@tagged("post_install", "-at_install")
class TestInterleavings(ReplyCommon):
    """Many tasks, each with another order of moves, answers and messages."""

    def setUp(self):
        super().setUp()
        self.company.write(
            {
                "reminder_address_hourly_limit": 0,
                "reminder_address_daily_limit": 0,
            }
        )
        self.random = random.Random(11)
        # Odoo's notes about new tasks would take half of the time
        tasks = self.env["project.task"].with_context(tracking_disable=True)
        created = tasks.create(
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
        self.tasks = created.with_env(self.env)

    def _choose_span(self):
        return self.random.randint(2, 6) * STEP

    def _do(self):
        """Do one thing with each task; return what was done."""
        chosen = defaultdict(self.tasks.browse)
        for task in self.tasks:
            deed = self.random.choice(DEEDS)
            chosen[deed, self._choose_span() if deed == "move" else None] |= task
        for (deed, span), tasks in chosen.items():
            if deed == "move":
                tasks.planned_date_begin = self.now + span
            elif deed in STATES:
                tasks.state = STATES[deed]
            elif deed != "nothing":
                for task in tasks.filtered(self._is_ahead):
                    self.answer(task, deed)
        return {deed for deed, _span in chosen}

    def _is_ahead(self, task):
        return task.planned_date_begin > self.now

    def test_no_message_is_wrong_and_no_answer_is_lost(self):
        done, sent = set(), 0
        for _step in range(STEPS):
            done |= self._do()
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
        self.assertEqual(done, set(DEEDS))
        for answer in self.answers.search([]):
            is_present = answer.task_id.planned_date_begin == answer.start
            self.assertEqual(answer.is_current, is_present and not answer.is_void)
        for link in self.links.search([("answer", "!=", False)]):
            self.assertEqual(link.answer, link._get_answer().kind)
