from datetime import datetime, timedelta

from odoo import fields
from odoo.addons.crm_task_reminder.tests.common import NOW
from odoo.tests import tagged

from .common import TextCommon


@tagged("post_install", "-at_install")
class TestTextMoment(TextCommon):
    """The appointment's own time and day, and the writer's name, say nothing new."""

    def test_the_appointment_s_own_time_and_day_are_known(self):
        task = self.send(self.line(duration=20), starts_in=timedelta(hours=21))
        task.partner_id.tz = "Europe/Warsaw"
        start = fields.Datetime.context_timestamp(
            task.with_context(tz="Europe/Warsaw"), task.planned_date_begin
        )
        for body, outcome in {
            f"Tak, będę o {start:%H:%M}": "answer",
            f"see you on {start:%A} at {start:%H:%M}": "answer",
            f"Tak, będę {start:%d.%m.%Y} o {start:%H.%M}": "answer",
            f"Tak, będę o {start + timedelta(hours=1):%H:%M}": "unclear",
            f"see you on {start + timedelta(days=1):%A}": "unclear",
        }.items():
            self.assertEqual(self.write_text(body).outcome, outcome, body)

    def test_b08_the_time_is_read_by_the_clock_that_it_was_told_by(self):
        """Odoo copies the zone of whoever enters a contact, which told no time."""
        for zone in ("Asia/Kolkata", "Europe/Berlin"):
            self.customer.tz = zone
            task = self.send(self.line())
            self.assertIn("10:00", self.texts[0][1])
            for body, outcome in {
                "Tak, będę o 10:00": "answer",
                "Tak, będę o 13:30": "unclear",
            }.items():
                self.assertEqual(self.write_text(body).outcome, outcome, body)
            task.unlink()
            self.set_now(NOW)

    def test_b07_the_time_is_read_where_a_zone_is_none_any_more(self):
        self.send(self.line())
        self.env.cr.execute("UPDATE res_partner SET tz = 'US/Pacific-New'")
        self.env.cr.execute("UPDATE crm_task_reminder_link SET tz = 'US/Pacific-New'")
        self.env.invalidate_all()
        self.assertEqual(self.write_text("Tak, będę o 10:00").outcome, "answer")

    def test_b07_activity_of_who_has_no_zone_has_the_companys(self):
        self.assignee.tz = self.env.user.tz = False
        for _number in range(2):
            self.send(self.line(duration=2), starts_in=timedelta(hours=3))
        self.assertEqual(self.write_text("tak").outcome, "several")
        [activity] = self.env["mail.activity"].search(
            [("user_id", "=", self.assignee.id)]
        )
        self.assertIn("11:00 AM", activity.note)
        self.assertNotIn("09:00 AM", activity.note)

    def test_b09_start_on_the_last_day_of_the_calendar(self):
        line = self.line(moment="set")
        for zone, country in {
            "Europe/Warsaw": "base.pl",
            "Asia/Tokyo": "base.jp",
        }.items():
            self.customer.write({"tz": zone, "phone": "+48 600 100 200"})
            self.customer.country_id = self.env.ref(country)
            task = self.create_task(dict(line), planned_date_begin=False)
            task.planned_date_begin = datetime(9999, 12, 31, 23, 59, 59)
            self.pass_time(minutes=6)
            self.run_service()
            for body in ("tak", "nie"):
                self.assertEqual(self.write_text(body).outcome, "answer")
            self.assertEqual(task.reminder_answer, "declined")
            task.unlink()

    def test_the_writer_s_name_and_the_day_are_known(self):
        task = self.send(self.line(duration=20), starts_in=timedelta(hours=21))
        task.partner_id.name = "Anna Nowak"
        for body, outcome in {
            "Tak. Pozdrawiam, Anna Nowak": "answer",
            "Tak. Pozdrawiam, Jan Kowalski": "unclear",
            "do zobaczenia jutro": "answer",
            "do zobaczenia dzisiaj": "unclear",
        }.items():
            self.assertEqual(self.write_text(body).outcome, outcome, body)
        task.partner_id.write({"name": "Faktura", "is_company": True})
        self.assertEqual(self.write_text("Tak, faktura").outcome, "unclear")
