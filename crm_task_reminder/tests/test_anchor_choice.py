"""How the date from which a line is counted is chosen, and in which words."""

from odoo import fields
from odoo.tests import Form, tagged

from .anchors import AnchorsCommon


@tagged("post_install", "-at_install")
class TestAnchorChoice(AnchorsCommon):
    """The form, presets, an import and the wizard know all dates, by the same words."""

    def test_the_words_of_a_line(self):
        for moment, words, at_once in (
            ("before", "2 days before", "at the start"),
            ("after", "2 days after the start", "at the start"),
            ("before_end", "2 days before the deadline", "at the deadline"),
            ("after_end", "2 days after the end", "at the end"),
        ):
            line = self.task_until(
                self.line(moment=moment, duration=2, unit="days")
            ).reminder_ids
            self.assertEqual(line.display_name, f"SMS · {words}")
            line.duration = 0
            self.assertEqual(line.display_name, f"SMS · {at_once}")

    def test_the_template_follows_the_date(self):
        task = self.task_until(self.line(channel="email"))
        thanks = self.env.ref("crm_task_reminder.mail_template_customer_after_end")
        with (
            Form(task, "project.view_task_form2") as form,
            form.reminder_customer_ids.edit(0) as line,
        ):
            line.moment = "after_end"
            self.assertEqual(line.task_states, "done")
            self.assertEqual(line.mail_template_id, thanks)
        self.assertEqual(task.reminder_ids.moment, "after_end")
        self.assertEqual(
            task.reminder_ids.sms_template_id,
            self.env.ref("crm_task_reminder.sms_template_customer_after_end"),
        )

    def test_thanks_are_sent_in_both_forms(self):
        templates = {
            "sms_template_id": self.env.ref(
                "crm_task_reminder.sms_template_customer_after_end"
            ).id,
            "mail_template_id": self.env.ref(
                "crm_task_reminder.mail_template_customer_after_end"
            ).id,
        }
        lines = [
            self.line(channel=channel, moment="after_end", **templates)
            for channel in ("sms", "email")
        ]
        task = self.task_until(*lines)
        self.finish(task)
        self.pass_time(hours=4)
        self.run_service()
        [(_number, text)] = self.texts
        self.assertIn("thank you", text)
        [mail] = self.mails
        self.assertIn("Thank you", mail["subject"])
        self.assertEqual(set(self.rows(task).mapped("start")), {task.date_deadline})

    def test_presets_of_company_and_project_reach_new_tasks(self):
        self.company.reminder_customer_default = True
        default = self.company.reminder_default_customer_ids
        default.moment = "after_end"
        default.task_states = "both"
        task = self.env["project.task"].create(
            {"name": "New", "project_id": self.project.id}
        )
        line = task.reminder_customer_ids
        self.assertEqual((line.moment, line.task_states), ("after_end", "both"))
        self.assertEqual(task.reminder_customer_setting, "company")
        line.task_states = "done"
        self.assertEqual(task.reminder_customer_setting, "changed")

    def test_the_import_takes_the_words_of_the_screen(self):
        header = ["name", "project_id", "planned_date_begin", "date_deadline"]
        line = "reminder_customer_ids"
        header += [f"{line}/channel", f"{line}/duration", f"{line}/moment"]
        row = ["Imported", self.project.name, "2026-08-01 08:00:00"]
        row += ["2026-08-01 10:00:00", "SMS", "2", "After the end"]
        result = self.env["project.task"].load(header, [row])
        self.assertFalse(result["messages"])
        task = self.env["project.task"].browse(result["ids"])
        self.assertEqual(task.reminder_ids.moment, "after_end")
        self.assertEqual(task.reminder_ids.task_states, "done")

    def test_the_wizard_counts_what_waits_for_a_done_task(self):
        task = self.task_until()
        wizard = self.env["crm.task.reminder.edit"].create(
            {
                "task_ids": task.ids,
                "audience": "customer",
                "operation": "add",
                "line_ids": [
                    fields.Command.create(self.line(moment="after_end", duration=2))
                ],
            }
        )
        self.assertIn("SMS", wizard.preview)
        self.assertNotIn("Nobody is", wizard.preview)
        wizard.action_apply()
        self.assertEqual(task.reminder_ids.moment, "after_end")
        self.assertEqual(task.reminder_ids.task_states, "done")
