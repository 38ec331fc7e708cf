import os
import random
import re
from datetime import timedelta
from itertools import chain, zip_longest

from odoo.tests import tagged
from odoo.tools import mute_logger

from .questions import QuestionsCommon

#: Questions that are asked in both worlds; the environment may ask for more, or others.
QUESTIONS = int(os.environ.get("REMINDER_QUESTIONS", "1100"))
SEED = os.environ.get("REMINDER_QUESTIONS_SEED", "")
#: How the other world differs: by what it has of tasks, and of company B. It is the
#: database that changes it, as nobody else can in so many places at once.
OF_TASKS = """
UPDATE project_task SET name = 'Changed', state = '1_done', priority = '1',
planned_date_begin = planned_date_begin + interval '3 days' WHERE id = ANY(%(ids)s);
UPDATE crm_task_reminder SET duration = duration + 7, state = 'skipped',
due_at = due_at + interval '3 days' WHERE task_id = ANY(%(ids)s);
UPDATE crm_task_reminder_log SET state = 'failed', reason = 'refused', address = id,
recipient_name = 'Changed', task_name = 'Changed' WHERE task_id = ANY(%(ids)s);
UPDATE crm_task_reminder_answer SET kind = 'coming', text = 'Changed'
WHERE task_id = ANY(%(ids)s);
"""
OF_COMPANY = """
UPDATE crm_task_reminder_default SET duration = duration + 7 WHERE company_id = %(b)s;
UPDATE crm_task_reminder_log SET address = CASE channel WHEN 'sms' THEN '+48600100298'
ELSE 'changed@b.example' END WHERE company_id = %(b)s AND operation = 'customer';
UPDATE hr_employee SET name = 'Changed', mobile_phone = '+48600100299'
WHERE company_id = %(b)s;
UPDATE project_project SET reminder_place = 'Changed' WHERE company_id = %(b)s;
"""


@tagged("post_install", "-at_install")
class TestTwoWorlds(QuestionsCommon):
    """Two worlds that differ in what is hidden alone answer alike.

    Whoever may not see something asks all that can be asked over the API: forms that
    name it, defaults, imports, searches, groups, buttons, windows. The words of a
    refusal are an answer, too.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        third = cls._create_company("Third")
        cls.users["user of a third company"] = cls._create_user(
            "third", "Teresa", "600 100 211", "project.group_project_manager", third
        )
        cls.b_customer = cls.customer.copy({"company_id": cls.other.id})
        cls.employee.company_id = cls.other
        cls.other.write(
            {"reminder_customer_default": True, "reminder_operator_default": True}
        )
        cls.invited = cls.project.copy({"privacy_visibility": "followers"})
        cls.invited.message_subscribe(cls.sender.partner_id.ids)
        cls.foreign_project.reminder_place = "Polna 3"

    def setUp(self):
        super().setUp()
        a, b = self.company, self.other
        self.own = self._create(a, user_ids=self.users["project user of A"].ids)
        self.hidden = self._create(b, project_id=self.foreign_project.id)
        self.hidden += self._create(a, project_id=self.invited.id)
        self.hidden += self._create(a, project_id=False)
        self._create(b, project_id=self.shared_project.id, company_id=False)
        self.pass_time(days=1)
        self.run_service()
        for task in self.hidden:
            self.answer(task, "other", text="Friday?")
            task.planned_date_begin += timedelta(days=1)
        self.env.flush_all()

    def _create(self, company, **values):
        """Create a task with reminders in the name of a company, two due in a day."""
        task = self.env["project.task"].create(
            {
                "name": "Secret",
                "company_id": company.id,
                "user_ids": self.sender.ids,
                "planned_date_begin": self.now + timedelta(days=1, hours=1),
                "reminder_customer_ids": [],
                "reminder_operator_ids": [],
                **values,
            }
        )
        is_b = company == self.other
        task.partner_id = self.b_customer if is_b else self.customer
        task.reminder_employee_ids = self.employee if is_b else False
        link = {"task_id": task.id, "company_id": company.id}
        lines = [
            self.line(**link, duration=2),
            self.line("operator", "email", **link, duration=2),
            self.line(**link, duration=5, unit="minutes"),
            self.line(**link, moment="moved"),
        ]
        context = {"allowed_company_ids": company.ids}
        self.env["crm.task.reminder"].with_context(**context).create(lines)
        return task

    def _find_hidden(self, env):
        """Return the tasks that a user may not see, and all else that is hidden."""
        tasks = self.hidden.with_env(env)
        tasks = (tasks - tasks._filtered_access("read")).with_env(self.env)
        names = ("reminder_ids", "reminder_answer_ids", "reminder_link_ids")
        found = [
            task[name] for task in tasks for name in (*names, "reminder_notice_ids")
        ]
        found += [*tasks, *map(self.rows, tasks), self.other, self.b_customer]
        found += [self.employee, self.other.reminder_default_customer_ids]
        return tasks, [*found, self.foreign_project]

    def _change(self, tasks):
        """Change tasks, company B and all that belongs to them."""
        self.env.cr.execute(OF_TASKS, {"ids": tasks.ids})
        self.env.cr.execute(OF_COMPANY, {"b": self.other.id})
        self.env.invalidate_all()
        self.b_customer.write({"phone": "+48600100298", "email": "changed@b.example"})
        # whether B can send is told with its lines, to who may read the task
        self.other.write(
            {"reminder_hourly_limit": 7, "reminder_operator_default": False}
        )
        self.env.flush_all()

    def _choose(self, who, questions):
        """Return questions in random order, of each kind as many."""
        random.Random(f"{who} {SEED}").shuffle(questions := list(questions))
        kinds = {}
        for what, way in questions:
            kinds.setdefault(re.split("[ _]", what)[0], []).append((what, way))
        return list(filter(None, chain(*zip_longest(*kinds.values()))))

    @mute_logger("odoo.models.unlink", "odoo.addons.base.models.ir_rule", "odoo.sql_db")
    def test_a02_what_is_hidden_makes_no_difference(self):
        users = [who for who in self.users if "B" not in who]
        for who in users:
            user = self.users[who]
            context = {"allowed_company_ids": user.company_ids.ids}
            env = self.env(user=user, context=context)
            tasks, hidden = self._find_hidden(env)
            questions = self._choose(who, self._make_questions(env, hidden))
            questions = questions[: QUESTIONS // len(users)]
            before = [self._ask(way) for _what, way in questions]
            with self.env.cr.savepoint(flush=False) as savepoint:
                self._change(tasks)
                after = [self._ask(way) for _what, way in questions]
                savepoint.rollback()
                self.env.cr.clear()
                self.env.invalidate_all(flush=False)
            for (what, _way), one, other in zip(questions, before, after, strict=True):
                same = len(os.path.commonprefix([one, other]))
                around = slice(max(0, same - 60), same + 40)
                self.assertEqual(one[around], other[around], f"{who}: {what}")
