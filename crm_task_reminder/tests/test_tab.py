from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from .tab import TabCommon


@tagged("post_install", "-at_install")
class TestTab(TabCommon):
    """What the tab of a task's reminders shows and changes (R20, R21)."""

    def new_task(self, **values):
        """Create a task with the reminders that the company has set."""
        return self.env["project.task"].create(
            {
                "name": "Mow the lawn",
                "project_id": self.project.id,
                "partner_id": self.customer.id,
                "user_ids": self.assignee.ids,
                "planned_date_begin": self.now + timedelta(days=3),
                **values,
            }
        )

    # ------------------------------------------------------------------
    # The switches
    # ------------------------------------------------------------------

    def test_r20_switches_are_preset_from_the_defaults(self):
        self.company.reminder_operator_default = False
        with self.form() as form:
            form.name = "Mow the lawn"
            form.project_id = self.project
            self.assertTrue(form.reminder_customer)
            self.assertEqual(len(form.reminder_customer_ids), 1)
            self.assertFalse(form.reminder_operator)
        task = form.record
        self.assertEqual(task.reminder_customer_setting, "company")
        self.assertEqual(task.reminder_operator_setting, "company")
        self.assertFalse(task.reminder_operator_off)

    def test_r20_switched_off_nothing_is_sent_and_the_lines_are_kept(self):
        task = self.create_task(self.line(), self.line("operator"))
        with self.form(task) as form:
            form.reminder_customer = False
        self.assertEqual(task.reminder_customer_ids.state, "cancelled")
        self.assertEqual(task.reminder_customer_setting, "off")
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual([number for number, _text in self.texts], ["+48600100201"])

    def test_r20_switched_on_again_they_are_sent(self):
        task = self.create_task(self.line())
        with self.form(task) as form:
            form.reminder_customer = False
        with self.form(task) as form:
            form.reminder_customer = True
        self.assertEqual(task.reminder_customer_ids.state, "scheduled")
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual(len(self.texts), 1)

    def test_r20_switching_on_without_lines_proposes_the_companys(self):
        self.company.reminder_customer_default = False
        task = self.new_task()
        self.assertFalse(task.reminder_customer)
        with self.form(task) as form:
            form.reminder_customer = True
            self.assertEqual(len(form.reminder_customer_ids), 1)
        self.assertEqual(task.reminder_customer_ids.channel, "sms")
        self.assertEqual(task.reminder_customer_setting, "changed")

    def test_a_line_added_over_the_api_is_sent(self):
        self.company.reminder_customer_default = False
        with self.form() as form:
            form.name = "Mow the lawn"
            form.project_id = self.project
            form.partner_id = self.customer
            form.planned_date_begin = self.now + timedelta(hours=2)
        self.env["crm.task.reminder"].create({**self.line(), "task_id": form.record.id})
        self.assertTrue(form.record.reminder_customer)

    # ------------------------------------------------------------------
    # As the company has it, changed, off
    # ------------------------------------------------------------------

    def test_three_settings_and_back(self):
        task = self.new_task()
        self.assertEqual(task.reminder_customer_setting, "company")
        task.reminder_customer_ids.duration = 5
        self.assertEqual(task.reminder_customer_setting, "changed")
        self.assertEqual(task.reminder_operator_setting, "company")
        task.action_reset_customer_reminders()
        self.assertEqual(task.reminder_customer_setting, "company")
        self.assertEqual(task.reminder_customer_ids.duration, 1)
        task.reminder_operator_ids.unlink()
        self.assertEqual(task.reminder_operator_setting, "off")
        task.action_reset_operator_reminders()
        self.assertEqual(task.reminder_operator_setting, "company")

    def test_reset_switches_on_again(self):
        task = self.new_task()
        task.reminder_customer = False
        self.assertEqual(task.reminder_customer_setting, "off")
        task.with_user(self.user).action_reset_customer_reminders()
        self.assertEqual(task.reminder_customer_setting, "company")
        self.assertEqual(task.reminder_customer_ids.state, "scheduled")

    def test_reset_keeps_what_was_sent_and_sends_nothing_again(self):
        defaults = self.company.reminder_default_customer_ids
        defaults.write({"duration": 1, "duration_unit": "hours"})
        task = self.new_task(planned_date_begin=self.now + timedelta(hours=2))
        self.env["crm.task.reminder"].create(
            {**self.line(duration=10, unit="minutes"), "task_id": task.id}
        )
        self.pass_time(hours=1)
        self.run_service()
        sent = task.reminder_customer_ids.filtered(lambda line: line.state == "done")
        self.assertEqual(len(sent), 1)
        task.action_reset_customer_reminders()
        self.assertEqual(task.reminder_customer_ids, sent)
        self.run_service()
        self.assertFalse(self.texts)

    # ------------------------------------------------------------------
    # Lines in words
    # ------------------------------------------------------------------

    def test_when_is_in_words_and_in_the_readers_zone(self):
        task = self.create_task(self.line(), starts_in=timedelta(hours=3))
        line = task.reminder_ids
        self.assertEqual(line.with_context(tz="UTC").due_text, "Tue 14 Jul, 08:00 AM")
        warsaw = line.with_context(tz="Europe/Warsaw")
        self.assertEqual(warsaw.due_text, "Tue 14 Jul, 10:00 AM")
        self.assertEqual(line.display_name, "SMS · 1 hour before")
        line.duration = 2
        self.assertEqual(line.display_name, "SMS · 2 hours before")
        line.duration = 0
        self.assertEqual(line.display_name, "SMS · at the start")

    def test_tells_that_the_time_had_passed_when_it_was_set(self):
        late = self.create_task(self.line(duration=3))
        self.assertFalse(self.create_task(self.line()).reminder_overdue_count)
        self.assertEqual(late.with_user(self.user).reminder_overdue_count, 1)
        with self.form(late) as form, form.reminder_customer_ids.edit(0) as line:
            self.assertEqual(line.shown_state, "overdue")
            line.duration = 1
        self.assertFalse(late.reminder_overdue_count)

    def test_only_what_was_not_sent_is_red(self):
        task = self.create_task(self.line())
        self.pass_time(hours=1)
        self.run_service(sms_error="wrong_number_format")
        self.assertIn("text-danger", self.people(task))
        self.assertNotIn("text-danger", self.people(self.send_while_down()))

    def test_what_was_sent_shows_to_whom_and_when(self):
        task = self.create_task(self.line())
        self.pass_time(hours=1)
        self.run_service()
        reader = task.with_user(self.user).with_context(tz="UTC")
        self.assertIn("Karol Klient +48600100200", self.people(reader))
        self.assertIn("Sent", self.people(reader))
        self.assertIn("7:00", self.people(reader))
        self.assertEqual(reader.reminder_ids.state, "done")

    def test_what_was_sent_is_not_edited(self):
        task = self.create_task(self.line())
        self.pass_time(hours=1)
        self.run_service()
        with self.assertRaisesRegex(UserError, "has been sent"):
            task.reminder_ids.duration = 2

    # ------------------------------------------------------------------
    # Costs
    # ------------------------------------------------------------------

    def test_e05_who_gets_them_is_found_out_for_all_lines_at_once(self):
        lines = [self.line(duration=number) for number in range(1, 9)]
        few, many = self.create_task(*lines[:2]), self.create_task(*lines)

        def count(task):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertIn("Karol Klient", self.people(task))
            return self.env.cr.sql_log_count - before

        count(few)
        self.assertLessEqual(count(many), count(few) + 2)

    def test_the_tab_costs_a_save_nothing(self):
        tasks = self.env["project.task"].union(
            *(self.create_task(self.line(), self.line("operator")) for _i in range(10))
        )
        self.env.flush_all()

        def count(records):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records.write({"planned_date_begin": self.now + timedelta(days=1)})
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count(tasks)
        self.assertLessEqual(count(tasks), count(tasks[:2]) + 5)
