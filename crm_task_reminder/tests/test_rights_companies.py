"""In whose name one may speak: no other company's."""

from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .borders import SharedCommon


@tagged("post_install", "-at_install")
class TestRightsCompanies(SharedCommon):
    """What nobody may say or have said in the name of another company."""

    def test_a01_context_sends_no_repeated_reminder_of_another_company(self):
        line = self.line(
            duration=10, unit="days", repeat_unit="days", repeat_every=1, repeat_count=5
        )
        task = self.create_shared(line, starts_in=timedelta(days=20))
        due_at = task.reminder_ids.due_at
        for turn in (-9, 3):
            own = task.with_env(self.reader).with_context(crm_task_reminder_turn=turn)
            own.planned_date_begin += timedelta(minutes=1)
            self.env.flush_all()
            self.env.invalidate_all()
            due_at += timedelta(minutes=1)
            self.assertEqual(task.reminder_ids.due_at, due_at)

    def test_a01_nobody_speaks_in_the_name_of_another_company(self):
        lines, number = (self.line(), self.line("operator")), "600 100 301"
        task = self.create_shared(*lines, reminder_phone=number)
        customer = task.partner_id.id
        customers, operators = task.reminder_ids.with_env(self.reader).sorted("id")
        task = task.with_env(self.reader)
        template = {"sms_template_id": self.template.id}
        for change in (
            lambda: customers.write(template),
            lambda: task.write(
                {"reminder_customer_ids": [Command.update(customers.id, template)]}
            ),
            lambda: task.write({"reminder_ids": [Command.delete(customers.id)]}),
            lambda: task.write({"reminder_phone": "600 100 300"}),
            # with a customer that it has already
            lambda: task.write({"partner_id": customer, "reminder_phone": False}),
            lambda: task.write({"reminder_customer": False}),
            lambda: task.write({"reminder_operator": False}),
            lambda: task.write({"reminder_user_ids": False}),
            task.action_reset_customer_reminders,
            operators.action_send_now,
        ):
            with (
                self.assertRaisesRegex(AccessError, "Only users of Wärmewerk"),
                self.env.cr.savepoint(),
            ):
                change()
        self.assertEqual(task.name, "Mow the lawn")
        self.assertEqual(customers.duration, 1)

    def test_a01_nobody_is_offered_to_send_in_the_name_of_another_company(self):
        line = self.create_shared(self.line()).reminder_ids
        self.assertFalse(line.with_env(self.reader).can_send_now)
        self.assertTrue(line.with_user(self.other_sender).can_send_now)

    def test_a01_import_and_forms_neither(self):
        task = self.create_shared(self.line())
        line = task.reminder_ids
        self.env["ir.model.data"].create(
            {
                "module": "__import__",
                "name": "line",
                "model": line._name,
                "res_id": line.id,
            }
        )
        result = (
            line.browse()
            .with_env(self.reader)
            .load(["id", "duration"], [["__import__.line", "5"]])
        )
        self.assertIn("Wärmewerk", result["messages"][0]["message"])
        form = Form(task.with_env(self.reader), view="project.view_task_form2")
        with (
            self.assertRaisesRegex(AccessError, "Wärmewerk"),
            form.reminder_customer_ids.edit(0) as edited,
        ):
            edited.duration = 5

    def test_a01_what_is_the_tasks_own_may_be_changed(self):
        task = self.create_shared(self.line(), reminder_phone="600 100 300")
        task = task.with_env(self.reader)
        with Form(task, view="project.view_task_form2") as form:
            form.name = "Mow it well"
            form.partner_id = self.assignee.partner_id
        self.assertFalse(task.reminder_phone)
        task.write({"reminder_customer_off": False, "user_ids": self.user.ids})

    def test_a01_a_line_takes_no_text_to_another_company(self):
        task = self.create_shared(self.line(), company=self.company)
        line = task.reminder_ids.with_env(self.reader)
        with self.assertRaisesRegex(AccessError, "Wärmewerk"), self.env.cr.savepoint():
            line.company_id = self.other
        with self.assertRaisesRegex(AccessError, "Wärmewerk"):
            task.with_env(self.reader).company_id = self.other

    def test_a01_nobody_takes_a_reminder_away_from_another_company(self):
        """It would leave with that company's text in the other one's name."""
        own = self.env["project.project"].create(
            {"name": "Gardens of A", "company_id": self.company.id}
        )
        task = self.create_shared(self.line())
        for values in ({"company_id": self.company.id}, {"project_id": own.id}):
            with (
                self.subTest(values),
                self.assertRaisesRegex(AccessError, "Only users of Wärmewerk"),
                self.env.cr.savepoint(),
            ):
                task.with_env(self.reader).write(values)
        self.user.company_ids += self.other
        task.with_env(self.reader).project_id = own
        self.assertEqual(task.reminder_ids.company_id, self.company)

    def test_a01_a_project_takes_no_text_to_another_company(self):
        manager = self._create_user(
            "boss", "Bogdan", groups="project.group_project_manager"
        )
        self.project.company_id = self.company
        self.create_task(self.line())
        self.env.flush_all()
        project = self.project.with_user(manager)
        with self.assertRaisesRegex(AccessError, "Wärmewerk"):
            project.company_id = self.other
            project.env.flush_all()  # as at the end of a request

    def test_a01_preview_reads_nothing_of_another_company(self):
        self.create_task(name="Secret of Wärmewerk", company_id=self.other.id)
        task = self.create_shared(self.line(sms_template_id=self.template.id))
        preview = self.reader["crm.task.reminder.preview"].create(
            {"reminder_id": task.reminder_ids.id}
        )
        with self.assertRaisesRegex(AccessError, "Only users of Wärmewerk"):
            preview.read(["content"])
        with self.assertRaisesRegex(AccessError, "Only users of Wärmewerk"):
            preview.action_send_test()

    def _queue(self):
        """Return the row of an e-mail of the other company that waits."""
        task = self.create_shared(self.line(channel="email"))
        self.greeter_port = self.other_server.smtp_port
        self.other_server.smtp_port = self._get_unused_port()
        self.pass_time(hours=1)
        self.run_service()
        row = self.rows(task)
        self.assertEqual((row.state, row.company_id), ("queued", self.other))
        return row

    def test_a01_nobody_changes_what_another_company_is_about_to_say(self):
        """Who may edit a task may edit its messages, if nobody else says them."""
        row = self._queue()
        file = self.env["ir.attachment"].create(
            {"name": "a", "raw": b"a", "res_model": "project.task"}
        )
        file.res_id = row.task_id.id
        row.message_id.attachment_ids = file
        subject = row.message_id.subject
        message, file = (one.with_env(self.reader) for one in (row.message_id, file))
        for change in (
            lambda: message.write({"subject": "Pay at evil.example"}),
            lambda: message.write({"reply_to": "thief@evil.example"}),
            lambda: message.write({"attachment_ids": [Command.clear()]}),
            message.unlink,
            lambda: file.write({"raw": b"evil"}),
            file.unlink,
        ):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                change()
        self.other_server.smtp_port = self.greeter_port
        self.pass_time(minutes=2)
        self.run_service()
        [mail] = self.mails
        self.assertEqual(mail["subject"], subject)
        self.assertEqual([name for name, *_rest in mail["attachments"]], ["a"])

    def test_a01_messages_of_the_own_company_and_tasks_are_as_before(self):
        row = self._queue()
        message = row.message_id
        message.with_user(self.other_sender).subject = "Mow the lawns"
        note = row.task_id.with_env(self.reader).message_post(
            body="Seen", parent_id=message.id
        )
        note.body = "Read"
        file = self.reader["ir.attachment"].create(
            {"name": "b", "raw": b"b", "res_model": "project.task"}
        )
        file.write({"raw": b"c", "res_id": row.task_id.id})
        row.task_id.with_env(self.reader).unlink()
        self.assertFalse(message.exists())

    def test_a10_preview_reads_no_more_than_its_reader(self):
        """Unless its reader may write whatever template, which can read everything."""
        hidden = self.env["project.project"].create(
            {"name": "Hidden", "privacy_visibility": "followers"}
        )
        hidden.message_subscribe(self.sender.partner_id.ids)
        self.create_task(name="Secret", project_id=hidden.id)
        task = self.create_task(self.line(sms_template_id=self.template.id))
        self.env.ref("base.group_user")._remove_group(
            self.env.ref("mail.group_mail_template_editor")
        )
        self.env.invalidate_all()
        preview = self.reader["crm.task.reminder.preview"].create(
            {"reminder_id": task.reminder_ids.id}
        )
        self.assertIn("Mow the lawn", preview.content)
        self.assertNotIn("Secret", preview.content)
        with self.mock_mail_gateway(), self.mockSMSGateway():
            preview.action_send_test()
        self.assertNotIn("Secret", self._sms[0]["body"])
