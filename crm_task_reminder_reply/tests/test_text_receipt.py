from datetime import timedelta

from odoo.tests import tagged

from .common import NUMBER, TextCommon


@tagged("post_install", "-at_install")
class TestReceipt(TextCommon):
    """Who has answered is told what was understood, and two robots don't talk."""

    def get_receipts(self):
        """Return the SMS that wait in Odoo's own queue."""
        return self.env["sms.sms"].search([("state", "=", "outgoing")], order="id")

    def test_what_was_understood_is_told_in_the_reader_s_language(self):
        for body, word in {
            "tak": "You have confirmed: Tue 14 Jul",
            "nie": "can't come: Tue 14 Jul",
            "inny termin": "asked for another time",
        }.items():
            task = self.send(self.line())
            self.write_text(body)
            receipt = self.get_receipts()[-1]
            self.assertIn(word, receipt.body)
            self.assertEqual(receipt.number, NUMBER)
            self.assertEqual(receipt.record_company_id, self.company)
            self.assertEqual(receipt.mail_message_id.res_id, task.id)
            self.assertEqual(receipt.mail_message_id.author_id, self.sender.partner_id)
            self.pass_time(hours=2)

    def test_e03_the_zone_is_named_as_in_the_reminder(self):
        london = {"country_id": self.env.ref("base.uk").id, "tz": "Europe/London"}
        self.customer.write({**london, "phone": "+44 7400 123456"})
        self.send(self.line())
        [(number, text)] = self.texts
        when = "Tue 14 Jul, 09:00 AM (London)"
        self.assertIn(when, text)
        self.write_text("yes", number)
        self.assertIn(when, self.get_receipts().body)

    def test_one_in_an_hour_at_most(self):
        self.send(self.line(duration=29), starts_in=timedelta(hours=30))
        for _time in range(6):
            self.write_text("tak")
            self.write_text("nie")
            self.pass_time(minutes=10)
        self.assertEqual(len(self.get_receipts()), 1)
        self.pass_time(minutes=1)
        self.write_text("tak")
        self.assertEqual(len(self.get_receipts()), 2)

    def test_a08_they_count_as_sms_of_the_day(self):
        """At most so many leave on a day; the answer counts without one."""
        self.company.reminder_sms_daily_parts = 3
        self.send(self.line())
        self.write_text("tak")
        self.assertEqual(len(self.get_receipts()), 1)
        settings = self.env["crm.task.reminder.settings"].with_company(self.company)
        told = settings.create({}).reminder_sms_parts_sent
        self.assertEqual(told, "today: 2, this month: 2")
        task = self.send(self.line())
        self.write_text("nie")
        self.assertEqual(task.reminder_answer, "declined")
        self.assertEqual(len(self.get_receipts()), 1)
        self.pass_time(days=1)
        self.send(self.line())
        self.write_text("tak")
        self.assertEqual(len(self.get_receipts()), 2)

    def test_what_is_not_clear_gets_none(self):
        self.send(self.line())
        for body in ("bla", "Dziękuję", "Nie mogę rozmawiać, oddzwonię", "STOP"):
            self.write_text(body)
        self.assertFalse(self.get_receipts())

    def test_a_company_may_send_none(self):
        self.company.reminder_sms_receipts = False
        self.send(self.line())
        self.write_text("tak")
        self.assertFalse(self.get_receipts())

    def test_a_company_that_sends_nothing_thanks_nobody(self):
        """The answer counts; nothing leaves in the name of who has not agreed to it."""
        for change in (
            {"reminder_enabled": False},
            {"reminder_user_id": False},
            {"reminder_seal": "broken"},
            {"active": False},
        ):
            task = self.send(self.line())
            with self.subTest(change=change), self.env.cr.savepoint() as savepoint:
                if "active" in change:
                    # Odoo archives none that has users
                    self.company.flush_recordset()
                    self.env.cr.execute("UPDATE res_company SET active = FALSE")
                    self.env.invalidate_all()
                else:
                    self.company.write(change)
                self.assertEqual(self.write_text("tak").outcome, "answer")
                self.assertEqual(task.reminder_answer, "coming")
                self.assertFalse(self.get_receipts())
                savepoint.rollback()
            self.env.invalidate_all()
            self.pass_time(hours=2)

    def test_a_blacklisted_number_gets_none(self):
        self.send(self.line())
        self.blacklist._add([NUMBER])
        self.assertEqual(self.write_text("tak").outcome, "answer")
        self.assertFalse(self.get_receipts())
