from datetime import timedelta

from odoo.tests import tagged

from .common import ReplyCommon

KINDS = ("coming", "declined", "other", False)
#: Which answers keep a reminder from being sent, and the reason.
TABLE = {
    "unless_settled": {"coming": "confirmed", "declined": "declined"},
    "unless_answered": {
        "coming": "confirmed",
        "declined": "declined",
        "other": "answered",
    },
    "always": {},
}


@tagged("post_install", "-at_install")
class TestCondition(ReplyCommon):
    """Who has answered is not asked again, unless the line says so."""

    def test_conditions_and_answers(self):
        for condition, reasons in TABLE.items():
            for kind in KINDS:
                with self.subTest(condition=condition, kind=kind):
                    line = self.line(answer_condition=condition)
                    task = self.create_task(line)
                    if kind:
                        self.answer(task, kind)
                    self.pass_time(hours=1)
                    self.run_service()
                    row = self.rows(task)
                    if reason := reasons.get(kind):
                        self.assertEqual(self.texts, [])
                        self.assertEqual((row.state, row.reason), ("skipped", reason))
                        self.assertTrue(row.reason_text)
                    else:
                        self.assertEqual(len(self.texts), 1)

    def test_b03_a_line_that_an_answer_ends_makes_no_second_form_needless(self):
        """Nothing left, though one of the lines is for any case."""
        self.company.reminder_sms_second_way = "email"
        self.customer.phone = False
        for kind in ("coming", False):
            with self.subTest(kind=kind):
                task = self.create_task(
                    self.line(answer_condition="always"), self.line(channel="email")
                )
                if kind:
                    self.answer(task, kind)
                self.pass_time(hours=1)
                self.run_service()
                self.assertEqual(len(self.mails), 1)
                [sent] = self.rows(task).filtered(lambda row: row.state == "sent")
                form = "sms" if kind else "email"
                self.assertEqual(sent.reminder_id.channel, form)
                self.run_service()
                self.assertEqual(self.mails, [])

    def test_the_staff_are_reminded_all_the_same(self):
        task = self.create_task(self.line("operator"))
        self.answer(task)
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual(len(self.texts), 1)

    def test_a_moved_start_is_reminded_of_again(self):
        task = self.create_task(self.line())
        self.answer(task)
        task.planned_date_begin += timedelta(hours=1)
        self.pass_time(hours=2)
        self.run_service()
        self.assertEqual(len(self.texts), 1)

    def test_an_answer_counts_for_what_waits_already(self):
        task = self.send_while_down()
        self.answer(task)
        self.pass_time(minutes=5)
        self.run_service()
        self.assertEqual(self.texts, [])
        self.assertEqual(self.rows(task).reason, "confirmed")

    def test_an_answer_counts_for_what_was_written_a_moment_ago(self):
        task = self.send_while_down()
        row = self.rows(task)
        row.write({"next_attempt_at": False})
        row.run_id.state = "running"
        look = self.env["crm.task.reminder.second.look"]
        self.assertTrue(look._is_fresh(row))
        self.answer(task)
        self.assertFalse(look._is_fresh(row))

    def test_new_tasks_take_the_condition_from_the_companys_lines(self):
        self.company.reminder_customer_default = True
        default = self.company._get_reminder_defaults("customer")[:1]
        default.answer_condition = "always"
        task = self.env["project.task"].create(
            {"name": "New", "project_id": self.project.id}
        )
        self.assertIn("always", task.reminder_customer_ids.mapped("answer_condition"))

    def test_send_now_says_that_the_customer_has_confirmed(self):
        task = self.create_task(self.line())
        self.answer(task)
        decision = self.env["crm.task.reminder.decision"]
        obstacle = decision._find_obstacle(task.reminder_ids)
        self.assertEqual(obstacle.reason, "confirmed")

    def test_who_has_answered_is_told_that_it_is_called_off(self):
        """Who had confirmed would have come in vain."""
        for condition in TABLE:
            for kind in KINDS:
                with self.subTest(condition=condition, kind=kind):
                    off = self.line(moment="called_off", answer_condition=condition)
                    task = self.send(self.line(), off)
                    if kind:
                        self.answer(task, kind)
                    task.state = "1_canceled"
                    self.pass_time(minutes=6)
                    self.run_service()
                    self.assertEqual(len(self.texts), 1)
                    self.assertEqual(set(self.rows(task).mapped("state")), {"sent"})
