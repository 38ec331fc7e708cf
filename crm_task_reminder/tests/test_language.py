from datetime import datetime, timedelta

from babel import Locale

from odoo.fields import Command
from odoo.tests import BaseCase, Form, tagged
from odoo.tools import SQL

from ..tools.dates import format_day_and_time, split_day_and_time
from .common import ReminderCommon


@tagged("post_install", "-at_install")
class TestWeekdays(BaseCase):
    def test_e03_no_language_takes_the_weekdays_of_another_one(self):
        """Babel gave those of Swahili to nearly all that were read after it."""
        friday = datetime(2026, 11, 6)
        for code, weekday in {
            "sw": "Ijumaa",
            "is": "Föstudagur",
            "cy": "Dydd Gwener",
            "fi": "Perjantai",
        }.items():
            parts = split_day_and_time(friday, "HH:mm", Locale(code), 2026)
            self.assertEqual(parts["weekday"], weekday)

    def test_e03_a_sentence_that_ends_with_a_time_has_one_full_stop(self):
        """It had two in Canada: “at 04:30 p.m..”"""
        afternoon = datetime(2026, 11, 6, 16, 30)
        for code, pattern, time in (
            ("en_CA", "hh:mm a", "04:30 pm"),
            ("es_DO", "hh:mm a", "04:30 pm"),
            ("el", "hh:mm a", "04:30 μμ"),
            ("en_US", "hh:mm a", "04:30 PM"),
            ("da", "'kl.' HH.mm", "kl. 16.30"),
        ):
            locale = Locale.parse(code)
            parts = split_day_and_time(afternoon, pattern, locale, 2026)
            self.assertEqual(parts["time"], time)
            text = format_day_and_time(afternoon, pattern, locale, 2026)
            self.assertTrue(text.endswith(f", {time}"), text)

    def test_e03_weekday_begins_as_words_of_its_language_do(self):
        friday = datetime(2026, 11, 6)
        for code, weekday in (("ka", "პარასკევი"), ("pl", "Piątek")):
            parts = split_day_and_time(friday, "HH:mm", Locale(code), 2026)
            self.assertEqual(parts["weekday"], weekday)


@tagged("post_install", "-at_install")
class TestLanguage(ReminderCommon):
    """Each recipient reads the reminder in its own language and time zone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for code in ("pl_PL", "de_DE"):
            cls.env["res.lang"]._activate_lang(code)
        model = cls.env.ref("project.model_project_task")
        cls.sms_template = cls.env["sms.template"].create(
            {
                "name": "SMS",
                "model_id": model.id,
                "body": "Start {{ object.reminder_start }}",
            }
        )
        cls.mail_template = cls.env["mail.template"].create(
            {
                "name": "Mail",
                "model_id": model.id,
                "subject": "Start {{ object.reminder_start }}",
                "body_html": '<p>Start <t t-out="object.reminder_start"/></p>',
            }
        )
        for code, word in (("pl_PL", "Termin"), ("de_DE", "Beginn")):
            cls.sms_template.with_context(
                lang=code
            ).body = f"{word} {{{{ object.reminder_start }}}}"
            template = cls.mail_template.with_context(lang=code)
            template.subject = f"{word} {{{{ object.reminder_start }}}}"

    def line(self, *args, **kwargs):
        return super().line(
            *args,
            sms_template_id=self.sms_template.id,
            mail_template_id=self.mail_template.id,
            **kwargs,
        )

    def _text(self, **customer):
        self.customer.write(customer)
        self.send(self.line())
        return self.texts[0][1]

    # ------------------------------------------------------------------
    # Language; the start is 10:00 in Warsaw
    # ------------------------------------------------------------------

    def test_sms_in_the_recipients_language(self):
        self.assertEqual(self._text(lang="en_US"), "Start Tue 14 Jul, 10:00 AM")
        self.assertEqual(self._text(lang="pl_PL"), "Termin wt. 14.07, 11:00")
        self.assertEqual(self._text(lang="de_DE"), "Beginn Di. 14.7., 12:00")

    def test_email_in_the_recipients_language(self):
        self.customer.lang = "pl_PL"
        self.send(self.line(channel="email"))
        self.assertEqual(self.mails[0]["subject"], "Termin wt. 14.07, 10:00")

    def test_companys_language_when_the_recipient_has_none(self):
        self.company.partner_id.lang = "de_DE"
        self.assertEqual(self._text(lang=False), "Beginn Di. 14.7., 10:00")

    def test_language_that_is_not_installed_any_more(self):
        self.customer.lang = "de_DE"
        self.company.partner_id.lang = "pl_PL"
        self.env.cr.execute("UPDATE res_lang SET active = FALSE WHERE code = 'de_DE'")
        self.env.registry.clear_cache("stable")
        self.send(self.line())
        self.assertEqual(self.texts[0][1], "Termin wt. 14.07, 10:00")

    def test_each_recipient_of_a_line_in_its_own(self):
        other = self._create_user("second", "Sonia Second", "600 100 204")
        (self.assignee + other).write({"lang": "pl_PL"})
        other.lang = "de_DE"
        self.send(
            self.line("operator"),
            user_ids=[Command.set((self.assignee + other).ids)],
        )
        self.assertEqual(
            dict(self.texts),
            {
                "+48600100201": "Termin wt. 14.07, 10:00",
                "+48600100204": "Beginn Di. 14.7., 10:00",
            },
        )

    def test_reason_in_the_readers_language_not_the_services(self):
        self.customer.phone = False
        row = self.rows(self.send(self.line()))
        self.assertEqual(row.reason, "no_phone")
        self.assertFalse(row.detail)

    # ------------------------------------------------------------------
    # Dates
    # ------------------------------------------------------------------

    def _read_start(self, start, lang, tz="Europe/Warsaw"):
        task = self.create_task(planned_date_begin=start)
        return task.with_context(lang=lang, tz=tz).reminder_start

    def test_e03_weekday_in_the_readers_language(self):
        start = datetime(2026, 11, 25, 23, 39)
        for lang, text in (
            ("en_US", "Thu 26 Nov, 12:39 AM"),
            ("pl_PL", "czw. 26.11, 00:39"),
            ("de_DE", "Do. 26.11., 00:39"),
        ):
            self.assertEqual(self._read_start(start, lang), text)

    def test_e03_year_where_it_is_not_this_one(self):
        for start, text in (
            (datetime(2027, 1, 7, 9, 0), "Thu 7 Jan 2027, 10:00 AM"),
            (datetime(2025, 7, 14, 8, 0), "Mon 14 Jul 2025, 10:00 AM"),
            (datetime(2026, 12, 31, 23, 30), "Fri 1 Jan 2027, 12:30 AM"),
        ):
            self.assertEqual(self._read_start(start, "en_US"), text)
        start = datetime(2027, 1, 7, 9, 0)
        self.assertEqual(self._read_start(start, "pl_PL"), "czw. 7.01.2027, 10:00")
        self.assertEqual(self._read_start(start, "de_DE"), "Do. 7.1.2027, 10:00")
        # in Tokyo it is next year already
        self.set_now(datetime(2026, 12, 31, 20, 0))
        in_tokyo = self._read_start(datetime(2027, 1, 1, 1, 0), "en_US", "Asia/Tokyo")
        self.assertEqual(in_tokyo, "Fri 1 Jan, 10:00 AM (Tokyo)")

    def test_e03_no_start_no_date(self):
        self.assertFalse(self._read_start(False, "en_US"))

    # ------------------------------------------------------------------
    # Time zone
    # ------------------------------------------------------------------

    def test_zone_is_printed_when_it_differs_from_the_companys(self):
        self.customer.country_id = self.env.ref("base.us")
        self.customer.phone = "+48600100200"
        self.assertEqual(
            self._text(tz="America/New_York"), "Start Tue 14 Jul, 04:00 AM (New York)"
        )

    def test_zone_with_the_same_time_is_not_printed(self):
        self.assertEqual(self._text(tz="Europe/Berlin"), "Start Tue 14 Jul, 10:00 AM")

    def test_zone_of_the_company_when_the_recipient_has_none(self):
        self.assertEqual(self._text(tz=False), "Start Tue 14 Jul, 10:00 AM")

    def test_zone_of_the_company_without_calendar(self):
        self.company.resource_calendar_id.tz = "UTC"
        self.assertEqual(self._text(tz=False), "Start Tue 14 Jul, 08:00 AM")

    def test_b07_zone_that_is_none_any_more(self):
        partners = self.customer + self.assignee.partner_id
        self._write_zone(partners, "US/Pacific-New")
        task = self.send(
            self.line(),
            self.line("operator"),
            self.line(channel="email"),
            starts_in=timedelta(hours=2),
        )
        start = "Start Tue 14 Jul, 10:00 AM"
        self.assertEqual([text for _number, text in self.texts], [start] * 2)
        self.assertEqual(self.mails[0]["subject"], start)
        self.assertEqual(task.with_user(self.assignee).reminder_start, start[6:])
        self.assertTrue(Form(task.with_user(self.assignee)).reminder_customer_ids)

    def test_b07_reader_without_a_zone_has_the_companys(self):
        """As the reminders to that reader do."""
        task = self.create_task(self.line(), starts_in=timedelta(hours=2))
        for tz in (False, "US/Pacific-New"):
            self._write_zone(self.assignee.partner_id, tz)
            self.env.invalidate_all()
            line = task.reminder_ids.with_user(self.assignee).with_context(tz=tz)
            self.assertEqual(line.due_text, "Tue 14 Jul, 09:00 AM")

    def test_b07_zone_of_the_company_that_is_none_any_more(self):
        self._write_zone(self.company.resource_calendar_id, "US/Pacific-New")
        self.assertEqual(self.company._get_reminder_tz(), "UTC")

    def _write_zone(self, records, tz):
        """Write what Odoo would refuse, as it stays in a database over the years."""
        records.flush_recordset()
        query = SQL(
            "UPDATE %s SET tz = %s WHERE id IN %s",
            SQL.identifier(records._table),
            tz,
            records._ids,
        )
        self.cr.execute(query)
        records.invalidate_recordset()

    def test_b08_zone_that_the_customers_country_does_not_have(self):
        self.assertEqual(self._text(tz="Asia/Kolkata"), "Start Tue 14 Jul, 10:00 AM")

    def test_b08_zone_of_the_customers_country(self):
        for country, tz, text in (
            ("in", "Asia/Kolkata", "01:30 PM (Kolkata)"),
            ("in", "Asia/Calcutta", "02:30 PM (Calcutta)"),
            ("us", "US/Pacific", "03:00 AM (Pacific)"),
            ("us", "America/New_York", "07:00 AM (New York)"),
            (False, "Asia/Kolkata", "05:30 PM (Kolkata)"),  # it may be right
            ("pl", "Asia/Kolkata", "03:00 PM"),
        ):
            with self.subTest(country=country, tz=tz):
                record = country and self.env.ref(f"base.{country}")
                self.customer.country_id = record
                written = self._text(tz=tz, phone="+48600100200")
                self.assertEqual(written, f"Start Tue 14 Jul, {text}")

    def test_b08_zone_of_an_employee_without_user(self):
        """It is the employee's own; Odoo gives the contact that of who enters it."""
        employees = self.env["hr.employee"].with_context(tz="Asia/Kolkata")
        values = {"company_id": self.company.id, "mobile_phone": "600 100 203"}
        employee = employees.create({"name": "Ewa", **values})
        self.assertEqual(employee.work_contact_id.tz, "Asia/Kolkata")
        for tz, text in (
            ("Europe/Warsaw", "10:00 AM"),
            ("Asia/Tokyo", "06:00 PM (Tokyo)"),
        ):
            employee.tz = tz
            self.send(
                self.line("operator"),
                user_ids=[],
                reminder_employee_ids=[Command.set(employee.ids)],
            )
            self.assertEqual(self.texts[0][1], f"Start Tue 14 Jul, {text}")

    def test_zones_of_two_recipients_of_one_line(self):
        other = self._create_user("second", "Sonia Second", "600 100 204")
        other.tz = "Asia/Tokyo"
        self.send(
            self.line("operator"),
            user_ids=[Command.set((self.assignee + other).ids)],
        )
        self.assertEqual(
            dict(self.texts),
            {
                "+48600100201": "Start Tue 14 Jul, 10:00 AM",
                "+48600100204": "Start Tue 14 Jul, 05:00 PM (Tokyo)",
            },
        )
