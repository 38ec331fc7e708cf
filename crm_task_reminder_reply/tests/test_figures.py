from datetime import timedelta

from lxml import etree

from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .common import ReplyCommon


@tagged("post_install", "-at_install")
class TestFigures(ReplyCommon):
    """What the log's chart and table tell the owner about answers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._create_user(
            "figures", "Fiona", groups="project.group_project_manager"
        )

    def setUp(self):
        super().setUp()
        #: By the answer: the task, which had a message by SMS and one by e-mail.
        self.tasks = {
            kind: self.create_task(self.line(), self.line(channel="email"), name=kind)
            for kind in ("coming", "declined", "other", "moved", "silent")
        }
        # a Wednesday; and nothing to answer
        self.tomorrow = self.create_task(
            self.line(duration=1, unit="days"), starts_in=timedelta(days=1, hours=1)
        )
        self.unlinked = self.create_task(self.line("operator"))
        self.pass_time(hours=1)
        self.run_service()
        for kind in ("coming", "declined", "other"):
            self.answer(self.tasks[kind], kind)
        self.answer(self.tasks["moved"], "coming")
        self.tasks["moved"].planned_date_begin += timedelta(days=1)
        self.env.flush_all()

    def count(self, *groups, domain=()):
        """Return how many messages there are by the groups, as the chart has it."""
        log = self.log.with_user(self.manager).with_context(tz="Europe/Warsaw")
        domain = [("operation", "=", "customer"), *domain]
        rows = log.formatted_read_group(domain, groups, ["__count"])
        return {
            tuple(self._read_label(row[group]) for group in groups): row["__count"]
            for row in rows
        }

    def _read_label(self, value):
        return value[0] if isinstance(value, tuple) else value

    def test_by_answer(self):
        self.assertEqual(
            self.count("customer_answer"),
            {("coming",): 4, ("declined",): 2, ("other",): 2, (False,): 3},
        )

    def test_no_answer_is_called_so(self):
        field = self.log.fields_get(["customer_answer"])["customer_answer"]
        self.assertEqual(field["falsy_value_label"], "No answer")

    def test_by_company_and_channel(self):
        company = self.company.id
        self.assertEqual(
            self.count("company_id", "channel", "customer_answer"),
            {
                (company, "email", "coming"): 2,
                (company, "email", "declined"): 1,
                (company, "email", "other"): 1,
                (company, "email", False): 1,
                (company, "sms", "coming"): 2,
                (company, "sms", "declined"): 1,
                (company, "sms", "other"): 1,
                (company, "sms", False): 2,
            },
        )

    def test_by_weekday_of_the_start(self):
        found = self.count("start:day_of_week", "customer_answer")
        self.assertEqual(found[2, "coming"], 4)
        self.assertEqual(found[3, False], 1)

    def test_moved_since(self):
        self.assertEqual(self.count("is_moved"), {(True,): 2, (False,): 9})
        self.tasks["moved"].planned_date_begin -= timedelta(days=1)
        self.env.flush_all()
        self.assertEqual(self.count("is_moved"), {(False,): 11})

    def test_a_task_without_a_start_was_not_moved(self):
        """Its message was about the deadline."""
        task = self.create_deadline_line().task_id
        self.pass_time(hours=1)
        self.run_service()
        row = self.rows(task)
        self.assertTrue(row.link_id)
        self.assertFalse(row.is_moved)
        task.planned_date_begin = self.now + timedelta(days=1)
        self.assertFalse(row.is_moved)

    def test_did_not_come_beside_confirmed_or_not(self):
        for kind in ("coming", "silent"):
            self.tasks[kind].with_user(self.assignee).reminder_no_show = True
        self.env.flush_all()
        found = self.count("reminder_no_show", "customer_answer")
        self.assertEqual(found[True, "coming"], 2)
        self.assertEqual(found[True, False], 2)
        self.assertEqual(found[False, "coming"], 2)
        self.assertEqual(found[False, "declined"], 2)
        self.assertEqual(found[False, False], 1)

    def test_the_next_date_is_missed_or_not_by_itself(self):
        """Who did not come gets another date; it counted as missed, too."""
        task = self.tasks["silent"].with_user(self.assignee)
        self.set_now(task.planned_date_begin + timedelta(hours=1))
        task.reminder_no_show = True
        missed = task.planned_date_begin
        task.planned_date_begin = self.now + timedelta(hours=1)
        self.assertFalse(task.reminder_no_show)
        self.run_service()
        self.env.flush_all()
        mine = [("task_id", "=", task.id)]
        self.assertEqual(
            self.count("reminder_no_show", domain=mine), {(True,): 2, (False,): 2}
        )
        task.planned_date_begin = missed
        self.assertTrue(task.reminder_no_show)
        task.reminder_no_show = False
        self.env.flush_all()
        self.assertEqual(self.count("reminder_no_show", domain=mine), {(False,): 4})

    def test_b01_a_former_customer_has_not_missed_what_another_one_has(self):
        task = self.send(self.line(channel="email"), starts_in=timedelta(hours=2))
        former = self.rows(task)
        task.partner_id = self.customer.copy(
            {"name": "Nora", "email": "nora@new.example"}
        )
        task.reminder_ids.action_send_now()
        self.run_service()
        [row] = self.rows(task) - former
        self.assertEqual(row.partner_id, task.partner_id)
        self.set_now(task.planned_date_begin + timedelta(hours=1))
        task.with_user(self.assignee).reminder_no_show = True
        self.assertTrue(row.reminder_no_show)
        self.assertFalse(former.reminder_no_show)

    def test_who_had_answered_before_a_message(self):
        """Reminded in any case, one counted as somebody who has not answered."""
        task = self.create_task(self.line(answer_condition="always"))
        self.answer(task)
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual(self.rows(task).customer_answer, "coming")

    def test_a_message_that_asks_nothing_is_not_without_an_answer(self):
        """Its link is there to get no more e-mails."""
        task = self.tasks["coming"]
        off = self.line(channel="email", moment="called_off")
        self.env["crm.task.reminder"].create({**off, "task_id": task.id})
        task.state = "1_canceled"
        self.pass_time(minutes=6)
        self.run_service()
        row = self.rows(task)[-1]
        self.assertEqual(row.moment, "called_off")
        self.assertTrue(row.link_id)
        self.assertFalse(row.has_link)
        mine = [("task_id", "=", task.id), ("has_link", "=", True)]
        self.assertEqual(self.count("customer_answer", domain=mine), {("coming",): 2})

    def test_filters_of_the_log(self):
        arch = self.log.with_user(self.manager).get_view(view_type="search")["arch"]
        domains = {
            node.get("name"): safe_eval(node.get("domain"))
            for node in etree.fromstring(arch).iter("filter")
            if node.get("name") in ("linked", "answered", "not_answered", "moved")
        }
        counts = {
            name: sum(self.count("channel", domain=domain).values())
            for name, domain in domains.items()
        }
        self.assertEqual(
            counts, {"linked": 11, "answered": 8, "not_answered": 3, "moved": 2}
        )

    def test_a_company_sees_its_own(self):
        other = self._create_company("Other")
        manager = self._create_user(
            "foreign", "Fred", groups="project.group_project_manager", company=other
        )
        log = self.log.with_user(manager).with_context(allowed_company_ids=other.ids)
        self.assertFalse(log.formatted_read_group([], ["customer_answer"], ["__count"]))
