from datetime import timedelta

from odoo.tests import tagged

from .second_way import MAIL, SecondWayCommon

NEW_MAIL = "karol.nowy@klient.example"


@tagged("post_install", "-at_install")
class TestSecondWayDropped(SecondWayCommon):
    """What stands in the place of a failed message and is dropped comes back, once."""

    def wait(self, *lines, is_asked=False, **values):
        """Have a text refused and its e-mail wait; return task, failed row, e-mail."""
        task = self.create_task(*lines or [self.line()], **values)
        if is_asked:
            task.reminder_ids.action_send_now()
        self.pass_time(minutes=5 if is_asked else 60)
        self.run_service(sms_error="wrong_number_format")
        failed = self.rows(task)
        self.break_mail_server()
        return task, failed, self.rows(task) - failed

    def break_mail_server(self):
        self.company.reminder_mail_server_id.smtp_port = self._get_unused_port()
        self.pass_time(minutes=1)
        self.run_service()

    def repair_mail_server(self):
        self.company.reminder_mail_server_id.smtp_port = self.greeter.server_address[1]

    def run_for(self, minutes):
        """Run the service each minute, no text leaves; return whom e-mails went to."""
        addresses = []
        for _minute in range(minutes):
            self.pass_time(minutes=1)
            self.run_service()
            self.assertEqual(self.texts, [])
            addresses += self.addresses
        return addresses

    def change_sender(self, login="next"):
        sender = self._create_user(login, "Nora Next")
        self.company.reminder_user_id = sender
        return sender.partner_id

    def assert_comes_back(self, task, waiting, reason, address=MAIL):
        """The e-mail was dropped, and another one leaves in its place, one alone."""
        self.repair_mail_server()
        self.assertEqual(self.run_for(8), [address])
        self.assertEqual((waiting.state, waiting.reason), ("skipped", reason))
        failed = waiting.instead_of_id
        sent = self.rows(task).filtered(lambda row: row.instead_of_id == failed)[-1]
        self.assertEqual((sent.state, failed.state), ("sent", "failed"))
        self.assertEqual(task.reminder_ids.state, "done")
        self.assertFalse(failed.seeks_second_way)
        self.assertEqual(self.run_for(3), [])

    def test_b02_the_sender_is_changed(self):
        task, _failed, waiting = self.wait()
        sender = self.change_sender()
        self.assert_comes_back(task, waiting, "renewed")
        self.assertEqual(self.rows(task)[-1].message_id.author_id, sender)

    def test_b03_others_with_the_number_get_one_message_each(self):
        number = self.assignee.partner_id.phone
        first, second = (
            self._create_user(login, name, number)
            for login, name in (("carl", "Carl"), ("bob", "Bob"))
        )
        task, failed, waiting = self.wait(self.line("operator"))
        task.user_ids = first + second
        self.repair_mail_server()
        texts, addresses = [], []
        for _run in range(8):
            self.pass_time(minutes=1)
            self.run_service()
            texts += self.texts
            addresses += self.addresses
        self.assertEqual(waiting.reason, "readdressed")
        self.assertEqual((len(texts), addresses), (1, []))
        self.assertTrue(failed.is_superseded)

    def test_b02_the_sender_is_changed_again_and_again(self):
        task, _failed, waiting = self.wait()
        for number in range(3):
            sender = self.change_sender(f"next{number}")
            self.assertEqual(self.run_for(8), [])
        self.assertEqual(len(self.rows(task)), 5)
        self.assert_comes_back(task, waiting, "renewed")
        self.assertEqual(self.rows(task)[-1].message_id.author_id, sender)

    def test_b02_sent_at_once_by_a_person(self):
        task, failed, waiting = self.wait(is_asked=True)
        self.assertEqual(waiting.due_at, failed.due_at)
        self.change_sender()
        self.assert_comes_back(task, waiting, "renewed")

    def test_b02_sent_at_once_to_somebody_else_since(self):
        line = self.line("operator", duration=2)
        task, _failed, waiting = self.wait(line, starts_in=timedelta(hours=3))
        second = self._create_user("second", "Sara Second", "600 100 202")
        task.user_ids += second
        task.reminder_ids.action_send_now()
        self.pass_time(minutes=1)
        self.run_service()
        self.assertEqual(self.numbers, ["+48600100202"])
        self.change_sender()
        self.assert_comes_back(task, waiting, "renewed", self.assignee.email)

    def test_c10_switched_off_and_on_by_a_slip(self):
        for is_asked in (False, True):
            task, _failed, waiting = self.wait(is_asked=is_asked)
            self.company.reminder_enabled = False
            self.pass_time(minutes=1)
            self.run_service()
            self.company.reminder_enabled = True
            self.assert_comes_back(task, waiting, "company_off")

    def test_c10_the_tasks_reminders_are_switched_off_and_on(self):
        task, _failed, waiting = self.wait()
        task.reminder_customer_off = True
        self.assertEqual(self.run_for(3), [])
        self.repair_mail_server()
        self.assertEqual(self.run_for(8), [])
        task.reminder_customer_off = False
        self.assert_comes_back(task, waiting, "switched_off")

    def test_b03_the_address_is_corrected(self):
        task, _failed, waiting = self.wait()
        self.customer.email = NEW_MAIL
        self.assert_comes_back(task, waiting, "readdressed", NEW_MAIL)

    def test_b03_closed_and_opened_again(self):
        task, _failed, waiting = self.wait()
        self.repair_mail_server()
        task.state = "1_done"
        self.assertEqual(self.run_for(5), [])
        task.state = "01_in_progress"
        self.assert_comes_back(task, waiting, "closed")

    def test_b03_closed_it_stays_away(self):
        task, failed, _waiting = self.wait()
        self.repair_mail_server()
        self.change_sender()
        task.state = "1_done"
        self.assertEqual(self.run_for(8), [])
        self.assertFalse(failed.seeks_second_way)

    def test_b04_moved_and_moved_back(self):
        self.company.reminder_send_passed = True
        line = self.line(duration=4)
        task, _failed, waiting = self.wait(line, starts_in=timedelta(hours=5))
        start = task.planned_date_begin
        self.repair_mail_server()
        task.planned_date_begin = start + timedelta(days=2)
        self.assertEqual(self.run_for(5), [])
        task.planned_date_begin = start
        self.assert_comes_back(task, waiting, "moved")

    def test_b02_a_late_receipt_keeps_it_away(self):
        _task, failed, waiting = self.wait()
        self.change_sender()
        self.repair_mail_server()
        while waiting.state == "queued":
            self.assertEqual(self.run_for(1), [])
        failed.notification_id.notification_status = "sent"
        self.assertEqual(self.run_for(5), [])
        self.assertEqual((waiting.reason, failed.state), ("renewed", "delivered"))

    def test_b02_there_is_no_second_form_any_more(self):
        task, failed, _waiting = self.wait()
        self.change_sender()
        self.company.reminder_sms_second_way = False
        self.repair_mail_server()
        self.assertEqual(self.run_for(8), [])
        self.assertEqual((len(self.rows(task)), failed.state), (2, "failed"))

    def test_c10_no_end_of_it_in_another_company(self):
        """The one that a task has left writes nothing of it, again and again."""
        other = self._create_company("Other")
        other.reminder_sms_second_way = "email"
        sender = self._create_user("otto", "Otto Operator", company=other)
        self._switch_on(other, sender, self._create_mail_server("B"))
        project = self.env["project.project"].create(
            {"name": "There", "company_id": other.id}
        )
        task, failed, _waiting = self.wait()
        line = task.reminder_ids
        task.write({"company_id": other.id, "project_id": project.id})
        self.assertEqual(line.exists().company_id, other)
        self.repair_mail_server()
        self.assertEqual(self.run_for(8), [])
        self.assertEqual(len(self.rows(task)), 2)
        self.assertFalse(failed.seeks_second_way)

    def test_b02_only_whose_own_was_dropped_is_told_again(self):
        """Two share the number; one of them has got the e-mail when it is dropped."""
        number = self.assignee.partner_id.phone
        second = self._create_user("second", "Sara Second", number)
        people = self.assignee | second
        task, failed, waiting = self.wait(self.line("operator"), user_ids=people.ids)
        self.assertEqual(len(failed), 1)
        first = waiting.filtered(lambda row: row.partner_id != second.partner_id)
        first._note_sent()
        self.change_sender()
        waiting -= first
        self.repair_mail_server()
        self.assertEqual(self.run_for(8), [second.email])
        self.assertEqual(waiting.reason, "renewed")
        self.assertEqual(self.run_for(3), [])

    def test_b02_the_number_was_corrected_meanwhile(self):
        task, failed, _waiting = self.wait()
        self.change_sender()
        self.repair_mail_server()
        self.customer.phone = "600 100 299"
        numbers = []
        for _minute in range(8):
            self.pass_time(minutes=1)
            self.run_service()
            numbers += self.numbers
            self.assertEqual(self.mails, [])
        self.assertEqual(numbers, ["+48600100299"])
        self.assertFalse(failed.seeks_second_way)

    def test_b02_of_a_line_that_is_repeated(self):
        line = self.line(
            duration=10, repeat_unit="hours", repeat_every=4, repeat_count=3
        )
        for is_asked in (False, True):
            hours = 12 if is_asked else 11
            task, failed, waiting = self.wait(
                dict(line), starts_in=timedelta(hours=hours), is_asked=is_asked
            )
            self.change_sender(f"next{hours}")
            self.repair_mail_server()
            minutes = 130 if is_asked else 8  # once more at its own time
            self.assertEqual(self.run_for(minutes), [MAIL])
            [sent] = self.rows(task).filtered(lambda row: row.state == "sent")
            self.assertEqual((sent.instead_of_id, sent.turn), (failed, 0))
            self.assertEqual(waiting.reason, "renewed")
            task.state = "1_done"

    def test_b02_of_news(self):
        self.company.reminder_notice_minutes = 0
        line = self.line(moment="set")
        task = self.create_task(line, planned_date_begin=False)
        task.planned_date_begin = self.now + timedelta(days=2)
        self.pass_time(minutes=2)
        self.run_service(sms_error="wrong_number_format")
        failed = self.rows(task)
        self.assertEqual(failed.state, "failed")
        self.break_mail_server()
        waiting = self.rows(task) - failed
        self.change_sender()
        self.assert_comes_back(task, waiting, "renewed")
