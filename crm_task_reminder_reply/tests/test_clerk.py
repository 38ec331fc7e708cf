from datetime import timedelta

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

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

    def test_b06_an_address_without_a_name_is_named_by_its_firm(self):
        firm = self.env["res.partner"].create({"name": "Firma ABC", "is_company": True})
        address = {"name": False, "type": "delivery", "parent_id": firm.id}
        task = self.create_task(partner_id=firm.create(address).id)
        self.answer(task, "coming")
        self.assertTrue(task.reminder_answer_text.startswith("Firma ABC, Delivery"))

    def test_confirmed_by_phone(self):
        task = self.create_task()
        task.with_user(self.assignee).action_confirm_reminder_by_phone()
        answer = task.reminder_answer_ids
        self.assertEqual((answer.kind, answer.way), ("coming", "phone"))
        self.assertEqual(answer.user_id, self.assignee)
        self.assertIn("By phone", task.reminder_answer_text)

    def test_only_who_may_change_the_task_confirms_it(self):
        task = self.create_task()
        stranger = self._create_user("stranger", "Stan", groups="base.group_user")
        with self.assertRaises(AccessError):
            task.with_user(stranger).action_confirm_reminder_by_phone()
        portal = self._create_portal_user(self.customer)
        with self.assertRaises(AccessError):
            task.with_user(portal).action_confirm_reminder_by_phone()

    def test_without_customer_or_start_there_is_nothing_to_confirm(self):
        for name in ("partner_id", "planned_date_begin"):
            task = self.create_task(**{name: False})
            with self.assertRaises(UserError):
                task.action_confirm_reminder_by_phone()

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

    def _find_by_filter(self, name, tasks, user=None):
        """Return those of the tasks that a filter of the search shows."""
        user = user or self.assignee
        mine = self.env["project.task"].with_user(user).with_context(tz=user.tz)
        view = self.env.ref("project.view_task_search_form_project_base")
        arch = etree.fromstring(mine.get_view(view.id, "search")["arch"])
        [node] = arch.xpath(f"//filter[@name='{name}']")
        domain = safe_eval(node.get("domain"))
        return mine.search([("id", "in", tasks.ids), *domain], order="id")

    def test_filter_starts_tomorrow_not_confirmed(self):
        day, tasks = timedelta(days=1), self.env["project.task"]
        silent, declined = (self.create_task(starts_in=day) for _time in range(2))
        confirmed, done = (self.create_task(starts_in=day) for _time in range(2))
        nobodys = self.create_task(starts_in=day, partner_id=False)
        today, later = (self.create_task(starts_in=number * day) for number in (0, 3))
        self.answer(declined, "declined")
        self.answer(confirmed)
        done.state = "1_done"
        tasks |= silent + declined + confirmed + done + nobodys + today + later
        found = self._find_by_filter("reminder_tomorrow_unconfirmed", tasks)
        self.assertEqual(found, silent + declined)

    def test_tomorrow_is_the_readers(self):
        """It is 8:00 in Warsaw; the task starts at 23:30 there, on the day after in
        Auckland.
        """
        task = self.create_task(starts_in=timedelta(hours=15, minutes=30))
        name = "reminder_tomorrow_unconfirmed"
        self.assertFalse(self._find_by_filter(name, task))
        self.assignee.tz = "Pacific/Auckland"
        self.assertEqual(self._find_by_filter(name, task), task)

    def test_filter_of_what_is_to_be_settled(self):
        tasks = {
            kind: self.create_task()
            for kind in ("coming", "declined", "other", "moved", "off", "silent")
        }
        for kind in ("coming", "declined", "other"):
            self.answer(tasks[kind], kind)
        for kind in ("moved", "off"):
            self.answer(tasks[kind], "declined")
        tasks["moved"].planned_date_begin += timedelta(days=1)
        tasks["off"].state = "1_canceled"
        every = self.env["project.task"].union(*tasks.values())
        found = self._find_by_filter("reminder_unsettled", every)
        self.assertEqual(found, tasks["declined"] + tasks["other"])

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
