from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import ReplyCommon


@tagged("post_install", "-at_install")
class TestClerk(ReplyCommon):
    """What the office sees of answers, and takes on the phone."""

    def test_the_answer_in_words(self):
        task = self.create_task()
        self.answer(task, "other", text="Friday?")
        words = task.with_user(self.assignee).reminder_answer_text
        for part in ("Karol Klient", "Tue 14 Jul", "Online", "“Friday?”"):
            self.assertIn(part, words)

    def test_confirmed_by_phone(self):
        task = self.create_task()
        task.with_user(self.assignee).action_confirm_by_phone()
        answer = task.reminder_answer_ids
        self.assertEqual((answer.kind, answer.way), ("coming", "phone"))
        self.assertEqual(answer.user_id, self.assignee)
        self.assertIn("By phone", task.reminder_answer_text)

    def test_only_who_may_change_the_task_confirms_it(self):
        task = self.create_task()
        stranger = self._create_user("stranger", "Stan", groups="base.group_user")
        with self.assertRaises(AccessError):
            task.with_user(stranger).action_confirm_by_phone()
        portal = self._create_portal_user(self.customer)
        with self.assertRaises(AccessError):
            task.with_user(portal).action_confirm_by_phone()

    def test_without_customer_or_start_there_is_nothing_to_confirm(self):
        for name in ("partner_id", "planned_date_begin"):
            task = self.create_task(**{name: False})
            with self.assertRaises(UserError):
                task.action_confirm_by_phone()

    def test_search_by_answer(self):
        coming, declined, silent = (self.create_task() for _time in range(3))
        self.answer(coming)
        self.answer(declined, "declined")
        all_tasks = coming + declined + silent
        tasks = self.env["project.task"].with_user(self.assignee)

        def find(*domain):
            return tasks.search([("id", "in", all_tasks.ids), domain])

        self.assertEqual(find("reminder_answer", "=", "coming"), coming)
        self.assertEqual(find("reminder_answer", "!=", "coming"), declined + silent)
        self.assertEqual(find("reminder_answer", "=", False), silent)
        self.assertEqual(find("reminder_answer", "!=", False), coming + declined)
        both = find("reminder_answer", "in", ["declined", False])
        self.assertEqual(both, declined + silent)

    def test_filter_starts_tomorrow_not_confirmed(self):
        soon = self.create_task(starts_in=timedelta(days=1))
        confirmed = self.create_task(starts_in=timedelta(days=1))
        later = self.create_task(starts_in=timedelta(days=3))
        self.answer(confirmed)
        view = self.env.ref(
            "crm_task_reminder_reply.view_task_search_form_project_base"
        )
        arch = (
            self.env["project.task"]
            .with_user(self.assignee)
            .get_view(view.inherit_id.id, "search")["arch"]
        )
        self.assertIn("reminder_tomorrow_unconfirmed", arch)
        domain = [
            ("planned_date_begin", ">=", "today +1d"),
            ("planned_date_begin", "<", "today +2d"),
            ("reminder_answer", "!=", "coming"),
            ("id", "in", (soon + confirmed + later).ids),
        ]
        self.assertEqual(self.env["project.task"].search(domain), soon)

    def test_customers_do_not_read_it_on_the_portal(self):
        task = self.create_task()
        self.answer(task)
        portal = self._create_portal_user(self.customer)
        for name in ("reminder_answer", "reminder_answer_text", "reminder_no_show"):
            with self.assertRaises(AccessError):
                task.with_user(portal).read([name])

    def test_the_window_names_an_address_that_customers_can_not_reach(self):
        settings = self.env["crm.task.reminder.settings"]
        parameters = self.env["ir.config_parameter"]
        for address, part in {
            "http://localhost:8069": "your own network",
            "https://192.168.1.20": "your own network",
            "https://odoo.local/x": "your own network",
            "https://office": "your own network",
            "http://www.zielony-dom.pl": "not encrypted",
        }.items():
            parameters.set_param("web.base.url", address)
            window = settings.new({"company_id": self.company.id})
            self.assertIn(part, window.reminder_link_warning, address)
        parameters.set_param("web.base.url", "https://www.zielony-dom.pl")
        window = settings.new({"company_id": self.company.id})
        self.assertFalse(window.reminder_link_warning)
