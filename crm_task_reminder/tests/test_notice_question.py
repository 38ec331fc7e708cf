import json

from odoo.fields import Command
from odoo.tests import tagged

from ..models.screen.notice.crm_task_reminder_notice import QUESTION
from .notice import DAY, NoticeCommon


@tagged("post_install", "-at_install")
class TestNoticeQuestion(NoticeCommon):
    """Who changes many dates at once is asked on the screen, before anybody is told."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls._create_user("clerk", "Klara Clerk")

    def create_told(self, number=2, **values):
        tasks = self.env["project.task"].union(
            *(self.create_watched(**values) for _time in range(number))
        )
        self.tell()
        self.read_questions()
        return tasks.with_user(self.clerk)

    def read_questions(self):
        """Return who was asked about what since the last look: partner and question."""
        self.env.flush_all()
        self.env.cr.precommit.run()
        sent = self.env["bus.bus"].sudo().search([("message", "like", QUESTION)])
        found = [
            (json.loads(one.channel)[-1], json.loads(one.message)["payload"])
            for one in sent
        ]
        sent.unlink()
        return found

    def assert_asked(self, tasks):
        [(reader, question)] = self.read_questions()
        self.assertEqual(reader, self.clerk.partner_id.id)
        self.assertEqual(question, {"ids": tasks.ids})

    def test_who_moves_many_is_asked(self):
        tasks = self.create_told()
        tasks.write({"planned_date_begin": self.now + 5 * DAY})
        self.assert_asked(tasks)

    def test_who_cancels_many_is_asked(self):
        tasks = self.create_told()
        tasks.write({"state": "1_canceled"})
        self.assert_asked(tasks)

    def test_who_empties_a_start_is_asked(self):
        task = self.create_told(1)
        task.planned_date_begin = False
        self.assert_asked(task)

    def test_who_imports_is_asked(self):
        task = self.create_told(1)
        rows = [[str(task.id), "2026-07-20 08:00:00"]]
        task.load([".id", "planned_date_begin"], rows)
        self.assert_asked(task)

    def test_who_changes_many_in_a_list_is_asked(self):
        tasks = self.create_told()
        start = self.now + 5 * DAY
        values = [{"planned_date_begin": start}, {"planned_date_begin": start + DAY}]
        tasks.web_save_multi(values, {"id": {}})
        questions = [question for _reader, question in self.read_questions()]
        self.assertEqual(sorted(sum((one["ids"] for one in questions), [])), tasks.ids)

    def test_one_task_is_not_asked_about(self):
        task = self.create_told(1)
        task.planned_date_begin += DAY
        self.assertEqual(self.read_questions(), [])

    def test_who_may_not_decide_is_not_asked(self):
        tasks = self.create_told()
        other = self._create_company("Drugi Dom")
        self.clerk.write(
            {"company_id": other.id, "company_ids": [Command.set(other.ids)]}
        )
        there = tasks.with_user(self.clerk).with_context(allowed_company_ids=[])
        there.sudo().write({"planned_date_begin": self.now + 5 * DAY})
        self.assertEqual(self.read_questions(), [])
        self.assertTrue(all(self.notice(task.sudo()).is_held for task in tasks))

    def test_nobody_sits_before_a_scheduled_action(self):
        tasks = self.create_told().with_user(self.env.ref("base.user_root"))
        tasks.write({"planned_date_begin": self.now + 5 * DAY})
        self.assertEqual(self.read_questions(), [])
