"""While a message waits, what it says is corrected: it is written anew."""

from datetime import timedelta

from odoo.fields import Command
from odoo.tests import tagged

from .common import DOWN
from .hours import EVENING, MORNING, HoursCommon
from .notice import NoticeCommon
from .second_way import SecondWayCommon
from .waiting import WaitingCommon


@tagged("post_install", "-at_install")
class TestWaitingText(WaitingCommon):
    """What leaves says what is so when it leaves."""

    def assert_renewed(self, task, words):
        """Assert that one message with these words leaves, and no other ever."""
        self._run_twice_later()
        [(_number, text)] = self.texts
        self.assertIn(words, text)
        former, present = self.rows(task)
        self.assertEqual((former.state, former.reason), ("skipped", "renewed"))
        self.assertEqual(present.state, "sent")
        self.assertEqual(set(task.reminder_ids.mapped("state")), {"done"})
        for _run in range(2):
            self._run_later()
            self.assertFalse(self.texts)
        self.assertEqual(len(self.rows(task)), 2)

    def assert_kept(self, task, words='"Mow the lawn"'):
        """Assert that what has waited leaves as it was written."""
        self._run_later()
        [(_number, text)] = self.texts
        self.assertIn(words, text)
        self.assertEqual(self.rows(task).mapped("state"), ["sent"])

    def test_b04_a_corrected_title_is_told(self):
        task = self.send_while_down()
        task.name = "Trim the hedge"
        self.assert_renewed(task, '"Trim the hedge"')

    def test_b04_a_corrected_name_of_the_customer_is_told(self):
        line = self.line()
        line["sms_template_id"] = self.create_template().id
        task = self.send_while_down(line)
        self.customer.name = "Karolina"
        self.assert_renewed(task, "Dear Karolina")

    def test_b04_an_operator_is_told_who_the_customer_is_by_now(self):
        line = self.line("operator")
        line["sms_template_id"] = self.create_template().id
        task = self.send_while_down(line)
        task.partner_id = self.env["res.partner"].create({"name": "Bob"})
        self.assert_renewed(task, "Dear Bob")

    def create_template(self):
        return self.env["sms.template"].create(
            {
                "name": "Ours",
                "model_id": self.env["ir.model"]._get_id("project.task"),
                "body": "Dear {{ object.partner_id.name }}",
            }
        )

    def test_b04_a_corrected_template_is_used(self):
        line = self.line()
        template = self.create_template()
        line["sms_template_id"] = template.id
        task = self.send_while_down(line)
        template.body = "Hello {{ object.partner_id.name }}"
        self.assert_renewed(task, "Hello Karol")

    def test_b04_a_corrected_translation_is_used(self):
        self.env["res.lang"]._activate_lang("pl_PL")
        self.customer.lang = "pl_PL"
        line = self.line()
        template = self.create_template()
        line["sms_template_id"] = template.id
        task = self.send_while_down(line)
        body = "Witaj {{ object.partner_id.name }}"
        template.update_field_translations("body", {"pl_PL": body})
        self.assert_renewed(task, "Witaj Karol")

    def test_b04_what_has_failed_is_sent_again_with_what_is_so_by_now(self):
        task = self.create_task(self.line(), starts_in=timedelta(hours=3))
        self.pass_time(hours=2)
        self.run_service(sms_error="wrong_number_format")
        task.name = "Trim the hedge"
        self.rows(task).action_send_again()
        self.assert_renewed(task, '"Trim the hedge"')

    # ------------------------------------------------------------------
    # What stays
    # ------------------------------------------------------------------

    def test_b04_what_is_not_said_of_a_task_changes_nothing(self):
        task = self.send_while_down()
        task.write({"priority": "1", "description": "Mind the dog"})
        self.customer.email = "k@klient.example"
        self.company.partner_id.name = "Zielony Dom 2"
        self.assert_kept(task)

    def test_b04_what_leaves_in_the_next_minutes_stays(self):
        line = self.line(duration=6, unit="minutes")
        task = self.create_task(line, starts_in=timedelta(minutes=7))
        self.pass_time(minutes=1)
        self.run_service(sms_error=DOWN)
        task.name = "Trim the hedge"
        self.assert_kept(task)

    def test_b04_what_was_written_before_has_no_fingerprint_and_stays(self):
        task = self.send_while_down()
        self.rows(task).fingerprint = False
        task.name = "Trim the hedge"
        self.assert_kept(task)

    def test_b04_what_could_not_be_written_now_stays(self):
        line = self.line()
        template = self.create_template()
        line["sms_template_id"] = template.id
        task = self.send_while_down(line)
        task.name = "Trim the hedge"
        template.unlink()
        self.assert_kept(task, "Dear Karol")

    def test_b04_what_is_in_doubt_stays(self):
        task = self.send(self.line())
        self.close_row(self.rows(task), "unconfirmed", "no_answer")
        task.name = "Trim the hedge"
        self._run_later()
        self.assertFalse(self.texts)
        self.assertEqual(self.rows(task).mapped("state"), ["unconfirmed"])

    # ------------------------------------------------------------------
    # Many
    # ------------------------------------------------------------------

    def test_b04_only_what_reads_otherwise_is_written_anew_by_few_queries(self):
        others = [self.assignee, self._create_user("o1", "O", "600 100 211")]
        ids = [user.id for user in others]
        tasks = [
            self.create_task(self.line("operator"), user_ids=[Command.set(ids)])
            for _number in range(4)
        ]
        self.pass_time(hours=1)
        self.run_service(sms_error=DOWN)
        rows = self.log.search([("state", "=", "queued")])
        self.assertEqual(len(rows), 8)
        look = self.env["crm.task.reminder.second.look"]
        tasks[0].name = "Trim the hedge"
        self.env.flush_all()

        def count(members):
            self.env.invalidate_all()
            members.reminder_id.task_id.mapped("partner_id.name")
            before = self.env.cr.sql_log_count
            found = look._filter_reworded(members)
            return found, self.env.cr.sql_log_count - before

        found, of_all = count(rows)
        self.assertEqual(found.task_id, tasks[0])
        _found, of_one = count(rows.filtered(lambda row: row.task_id == tasks[0]))
        self.assertEqual(of_all, of_one)


@tagged("post_install", "-at_install")
class TestWaitingNews(NoticeCommon):
    """News that waits is told once, with what is so by then."""

    def tell_while_down(self, task):
        self.pass_time(minutes=5)
        self.run_service(sms_error=DOWN)
        self.assertEqual(self.rows(task)[-1].state, "queued")

    def run_often(self):
        """Run the service some times; return all that has left."""
        texts = []
        for _run in range(4):
            self.pass_time(minutes=2)
            self.run_service()
            texts += self.texts
        return texts

    def test_b04_news_of_a_corrected_title_is_told_once(self):
        task = self.create_watched(told=True)
        task.planned_date_begin += timedelta(days=1)
        self.tell_while_down(task)
        task.name = "Trim the hedge"
        [(_number, text)] = self.run_often()
        self.assertIn('"Trim the hedge" was moved', text)
        self.assertIn("renewed", self.rows(task).mapped("reason"))

    def test_b04_news_that_was_taken_up_once_more_is_told_once(self):
        task = self.create_watched(told=True)
        task.planned_date_begin += timedelta(days=1)
        self.tell_while_down(task)
        for minutes in (30, -30):
            task.planned_date_begin += timedelta(minutes=minutes)
        self.tell_while_down(task)
        task.name = "Trim the hedge"
        [(_number, text)] = self.run_often()
        self.assertIn('"Trim the hedge" was moved', text)

    def test_b04_news_shortly_before_the_start_stays(self):
        task = self.create_watched(told=True)
        task.planned_date_begin = self.now + timedelta(minutes=9)
        self.tell_while_down(task)
        task.name = "Trim the hedge"
        [(_number, text)] = self.run_often()
        self.assertIn('"Mow the lawn" was moved', text)

    def test_b04_news_whose_line_is_gone_stays(self):
        task = self.create_watched(told=True)
        task.planned_date_begin += timedelta(days=1)
        self.tell_while_down(task)
        row = self.rows(task)[-1]
        # as where somebody else gets the news of another line in a second form
        row.moment = "set"
        task.reminder_ids.filtered(lambda line: line.moment == "set").unlink()
        look = self.env["crm.task.reminder.second.look"]
        self.assertFalse(look._filter_reworded(row))

    def test_b03_news_for_another_customer_at_the_same_number_is_told_once(self):
        task = self.create_watched()
        self.tell_while_down(task)
        task.partner_id = self.customer.copy({"name": "Jan Kowalski"})
        self.assertEqual(len(self.run_often()), 1)
        self.assertEqual(self.rows(task)[-1].partner_id, task.partner_id)


@tagged("post_install", "-at_install")
class TestWaitingTextHours(HoursCommon):
    """What is written in the evening and leaves in the morning."""

    def test_b04_what_leaves_in_the_morning_says_what_is_so_then(self):
        task = self.plan(EVENING + timedelta(hours=2), before=timedelta(hours=12))
        self.set_now(EVENING + timedelta(hours=2))
        self.run_service()
        self.assertEqual(self.rows(task).state, "queued")
        task.name = "Trim the hedge"
        self.set_now(MORNING)
        texts = []
        for _run in range(3):
            self.run_service()
            texts += self.texts
            self.pass_time(minutes=1)
        [(_number, text)] = texts
        self.assertIn('"Trim the hedge"', text)


@tagged("post_install", "-at_install")
class TestWaitingSecondForm(SecondWayCommon):
    """The second form says what is so, and is never lost."""

    def wait_and_rename(self, task, **values):
        """Rename a task whose e-mail waits; return all mails that leave then.

        :param values: what the company changes beside that
        """
        server = self.company.reminder_mail_server_id
        server.smtp_port = self._get_unused_port()
        self.run_service()
        row = self.rows(task)[-1]
        self.assertEqual((row.channel, row.state), ("email", "queued"))
        server.smtp_port = self.greeter.server_address[1]
        task.name = "Trim the hedge"
        self.company.write(values)
        mails = []
        for _run in range(4):
            self.pass_time(minutes=2)
            self.run_service()
            self.assertFalse(self.texts)
            mails += self.mails
        return mails

    def test_b04_in_place_of_what_was_never_possible(self):
        partner = self.customer.copy({"phone": False})
        task = self.create_task(self.line(), partner_id=partner.id)
        self.pass_time(hours=1)
        [mail] = self.wait_and_rename(task)
        self.assertIn("Trim the hedge", mail["body"])
        self.assertIn("renewed", self.rows(task).mapped("reason"))

    def test_b04_in_place_of_what_has_failed(self):
        task = self.send_refused()
        [mail] = self.wait_and_rename(task)
        self.assertIn("Trim the hedge", mail["body"])
        self.assertIn("renewed", self.rows(task).mapped("reason"))

    def test_b04_in_place_with_no_second_form_any_more_it_stays(self):
        """It could not be written anew."""
        task = self.send_refused()
        [mail] = self.wait_and_rename(task, reminder_sms_second_way=False)
        self.assertIn("Mow the lawn", mail["body"])
