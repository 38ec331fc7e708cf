from datetime import timedelta

import vobject

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import PageCommon


@tagged("post_install", "-at_install")
class TestCalendar(PageCommon):
    """The appointment in the customer's calendar."""

    def setUp(self):
        super().setUp()
        self.template = self.env.ref("crm_task_reminder.mail_template_customer")

    def parse(self, text):
        """Return method and event of an entry."""
        calendar = vobject.readOne(text)
        return calendar.method.value, calendar.vevent

    def make(self, task):
        return self.parse(task._write_reminder_calendar(self.company))

    def test_what_it_says(self):
        task = self.create_task(name="Trawnik; przegląd, „żywopłot”\\n")
        task.date_deadline = task.planned_date_begin + timedelta(hours=3)
        method, event = self.make(task)
        self.assertEqual(method, "PUBLISH")
        self.assertEqual(event.summary.value, task.name)
        start = event.dtstart.value
        self.assertEqual(start.replace(tzinfo=None), task.planned_date_begin)
        self.assertEqual(start.utcoffset(), timedelta())
        self.assertEqual(event.dtend.value - start, timedelta(hours=3))
        self.assertEqual(event.status.value, "CONFIRMED")
        self.assertIn("+48221234567", event.description.value)
        self.assertEqual(event.organizer.value, "mailto:biuro@zielonydom.example")

    def test_a_deadline_far_away_is_no_end(self):
        task = self.create_task()
        for span in (timedelta(days=3), timedelta(), timedelta(hours=-1)):
            task.date_deadline = task.planned_date_begin + span
            _method, event = self.make(task)
            self.assertNotIn("dtend", event.contents)

    def test_the_version_rises_with_each_move(self):
        task = self.create_task()
        _method, first = self.make(task)
        versions = [int(first.sequence.value)]
        for _time in range(3):
            task.planned_date_begin += timedelta(hours=1)
            _method, event = self.make(task)
            self.assertEqual(event.uid.value, first.uid.value)
            versions.append(int(event.sequence.value))
        self.assertEqual(versions, sorted(set(versions)))
        task.write({"planned_date_begin": task.planned_date_begin})
        _method, event = self.make(task)
        self.assertEqual(int(event.sequence.value), versions[-1])

    def test_no_two_tasks_have_the_same_entry(self):
        uids = {self.make(self.create_task())[1].uid.value for _time in range(3)}
        self.assertEqual(len(uids), 3)

    def test_where(self):
        task = self.create_task()
        _method, former = self.make(task)
        self.assertNotIn("location", former.contents)
        task.reminder_place = "Polna 3, II"
        _method, event = self.make(task)
        self.assertEqual(event.location.value, "Polna 3, II")
        self.assertGreater(int(event.sequence.value), int(former.sequence.value))

    def test_the_version_rises_with_the_projects_place(self):
        """Also with another project, unless the task says its own place."""
        task = self.create_task()
        own = self.create_task(reminder_place="Polna 3")
        elsewhere = self.env["project.project"].create(
            {
                "name": "Elsewhere",
                "company_id": self.company.id,
                "reminder_place": "Leśna 7",
            }
        )
        versions = [(task.reminder_sequence, own.reminder_sequence)]
        for change in (
            lambda: self.project.write({"reminder_place": "Żabia 5"}),
            lambda: self.project.write({"reminder_place": "Żabia 5"}),
            lambda: (task + own).write({"project_id": elsewhere.id}),
        ):
            change()
            versions.append((task.reminder_sequence, own.reminder_sequence))
        self.assertEqual(versions, [(0, 0), (1, 0), (1, 0), (2, 0)])

    def test_the_version_rises_with_the_place_of_the_whole_tasks_project(self):
        """A part of a task follows it into another project without being written to."""
        elsewhere = self.env["project.project"].create(
            {
                "name": "Elsewhere",
                "company_id": self.company.id,
                "reminder_place": "Leśna 7",
            }
        )
        task = self.create_task()
        part = self.create_task(parent_id=task.id, display_in_project=False)
        former = part.reminder_sequence
        task.project_id = elsewhere
        self.assertEqual(part._get_reminder_place(), "Leśna 7")
        self.assertEqual(part.reminder_sequence, former + 1)

    def test_the_version_rises_with_the_place_of_another_whole_task(self):
        """A part that is put into a task of another project follows it there."""
        elsewhere = self.env["project.project"].create(
            {
                "name": "Elsewhere",
                "company_id": self.company.id,
                "reminder_place": "Leśna 7",
            }
        )
        part = self.create_task(parent_id=self.create_task().id)
        former = part.reminder_sequence
        part.parent_id = self.create_task(project_id=elsewhere.id)
        self.assertEqual(part._get_reminder_place(), "Leśna 7")
        self.assertEqual(part.reminder_sequence, former + 1)

    def test_what_has_no_start_brings_no_entry(self):
        """A reminder of a deadline was not sent at all."""
        line = self.create_deadline_line()
        line.mail_template_id.reminder_calendar = True
        self.pass_time(hours=1)
        self.run_service()
        [mail] = self.mails
        self.assertEqual(mail["attachments"], [])

    def test_called_off(self):
        task = self.create_task()
        _method, former = self.make(task)
        task.state = "1_canceled"
        method, event = self.make(task)
        self.assertEqual((method, event.status.value), ("CANCEL", "CANCELLED"))
        self.assertGreater(int(event.sequence.value), int(former.sequence.value))

    def test_it_is_on_the_page(self):
        task, token = self.send_link()
        response = self.get(token, "/task.ics")
        self.assertEqual(response.status_code, 200, response.text)
        self.assertIn("text/calendar", response.headers["Content-Type"])
        method, event = self.parse(response.text)
        self.assertEqual((method, event.summary.value), ("PUBLISH", "Mow the lawn"))
        task.state = "1_canceled"
        method, event = self.parse(self.get(token, "/task.ics").text)
        self.assertEqual(method, "CANCEL")

    def test_it_tells_no_start_that_the_message_did_not_tell(self):
        """What was moved or emptied before it was called off can still be taken out."""
        for start in (self.now + timedelta(days=9), False):
            task, token = self.send_link()
            told = task.planned_date_begin
            task.planned_date_begin = start
            self.assertEqual(self.get(token, "/task.ics").status_code, 404)
            task.state = "1_canceled"
            method, event = self.parse(self.get(token, "/task.ics").text)
            self.assertEqual(method, "CANCEL")
            self.assertEqual(event.dtstart.value.replace(tzinfo=None), told)

    def test_d01_the_companys_name_is_on_one_line(self):
        self.company.name = "Zielony\nDom"
        text = self.create_task()._write_reminder_calendar(self.company)
        self.assertIn("ORGANIZER;CN=Zielony Dom:mailto:", text)

    def test_it_is_attached_where_the_template_says_so(self):
        self.send(self.line(channel="email"))
        [mail] = self.mails
        self.assertEqual(mail["attachments"], [])
        self.template.reminder_calendar = True
        self.send(self.line(channel="email"))
        [mail] = self.mails
        [(name, content, kind)] = mail["attachments"]
        self.assertEqual((name, kind), ("task.ics", "text/calendar; charset=utf-8"))
        _method, event = self.parse(content.decode())
        self.assertEqual(event.summary.value, "Mow the lawn")

    def test_one_file_per_task_in_a_batch(self):
        self.template.reminder_calendar = True
        self.customer.email = "karol@klient.example, office@klient.example"
        for name in ("First", "Second"):
            self.create_task(self.line(channel="email"), name=name)
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual(len(self.mails), 4)
        names = {
            self.parse(mail["attachments"][0][1].decode())[1].summary.value
            for mail in self.mails
        }
        self.assertEqual(names, {"First", "Second"})
        files = self.env["ir.attachment"].search([("name", "=", "task.ics")])
        self.assertEqual(len(files), 2)

    def test_a01_nobody_changes_the_entry_of_another_company(self):
        self.template.reminder_calendar = True
        self.project.company_id = False
        task = self.send(self.line(channel="email"), company_id=False)
        file = self.rows(task).message_id.attachment_ids
        self.assertEqual(file.name, "task.ics")
        other = self._create_company("Wärmewerk")
        stranger = self._create_user("stranger", "Sigrid", company=other)
        stranger = self.env(user=stranger, context={"allowed_company_ids": other.ids})
        task.with_env(stranger).name = "Mow the lawns"
        with self.assertRaises(AccessError):
            file.with_env(stranger).raw = b"evil"
        file.with_user(self.assignee).name = "entry.ics"

    def test_customers_who_close_a_task_on_the_portal_may(self):
        """They may not read the start, which the entry has."""
        task = self.create_task()
        task.sudo().reminder_sequence = 4
        portal = self._create_portal_user(self.customer)
        self.project.privacy_visibility = "portal"
        collaborator = {"project_id": self.project.id, "partner_id": self.customer.id}
        self.env["project.collaborator"].create(collaborator)
        task.message_subscribe(self.customer.ids)
        self.project.message_subscribe(self.customer.ids)
        task.with_user(portal).write({"state": "1_done"})
        self.assertEqual(task.reminder_sequence, 5)

    def test_called_off_without_a_start_is_cancelled_as_well(self):
        """Who had it in the calendar kept it there."""
        for start in (False, self.now + timedelta(days=9)):
            off = self.env.ref("crm_task_reminder.mail_template_customer_called_off")
            off.reminder_calendar = True
            line = self.line(channel="email", moment="called_off")
            line["mail_template_id"] = off.id
            task = self.send(self.line(channel="email"), line)
            told = task.planned_date_begin
            task.planned_date_begin = start
            task.state = "1_canceled" if start else task.state
            task.sudo().reminder_notice_ids._tell(self.now)
            self.pass_time(minutes=6)
            self.run_service()
            [mail] = self.mails
            [(_name, content, _kind)] = mail["attachments"]
            method, event = self.parse(content.decode())
            self.assertEqual((method, event.status.value), ("CANCEL", "CANCELLED"))
            self.assertEqual(event.dtstart.value.replace(tzinfo=None), told)
            self.assertGreater(int(event.sequence.value), 0)
