from datetime import timedelta

from odoo.tests import tagged

from .common import NUMBER, TextCommon


@tagged("post_install", "-at_install")
class TestStop(TextCommon):
    """Who wants no more SMS gets none."""

    def test_stop_comes_before_all_else(self):
        first = self.send(self.line(duration=2), starts_in=timedelta(hours=3))
        waiting = self.create_task(self.line(), starts_in=timedelta(hours=4))
        received = self.write_text("Stop.")
        self.assertEqual(received.outcome, "stop")
        self.assertTrue(self.is_blacklisted())
        self.assertIn("Stop.", first.message_ids[0].body)
        self.assertFalse(first.reminder_answer_ids)
        self.pass_time(hours=3)
        self.run_service()
        self.assertFalse(self.texts)
        self.assertEqual(self.rows(waiting).reason, "blacklisted")

    def test_stop_of_a_number_that_nobody_has_written_to(self):
        self.assertEqual(self.write_text("STOP", "+48600999998").outcome, "stop")
        self.assertTrue(self.is_blacklisted("+48600999998"))
        self.assertFalse(self.env["sms.sms"].search([("number", "=", "+48600999998")]))

    def test_stop_twice_is_said_once(self):
        self.write_text("STOP")
        [entry] = self.blacklist.search([("number", "=", NUMBER)])
        count = len(entry.message_ids)
        self.write_text("STOP")
        self.assertEqual(len(entry.message_ids), count)
        self.assertIn("STOP", entry.message_ids[0].body)
        self.assertIn("Zielony Dom", entry.message_ids[0].body)

    def test_staff_is_not_cut_off_by_a_forged_one(self):
        received = self.write_text("STOP", "+48600100201")
        self.assertEqual(received.outcome, "staff")
        self.assertFalse(self.is_blacklisted("+48600100201"))

    def test_stop_of_what_is_no_number(self):
        for number in ("Orange", "+Orange", "7055", "+7055", "+1", ""):
            self.write_text("STOP", number)
        self.assertFalse(self.blacklist.search([]))

    def test_stop_where_the_company_is_switched_off(self):
        self.company.reminder_enabled = False
        self.write_text("STOP")
        self.assertTrue(self.is_blacklisted())
