from datetime import timedelta

from odoo.tests import tagged

from ..models.line.recount import crm_task_reminder as recount
from ..models.sending import crm_task_reminder_second_look as second_look
from .common import DOWN, ReminderCommon


@tagged("post_install", "-at_install")
class TestSwitchOff(ReminderCommon):
    """What follows a change of a company's settings, and by whom it is done."""

    def _let_wait(self, count):
        """Return tasks whose messages wait for a gateway that is out of order."""
        tasks = self.env["project.task"]
        for number in range(count):
            customer = self.customer.copy({"phone": f"+4860010030{number}"})
            tasks += self.create_task(
                self.line(), starts_in=timedelta(hours=5), partner_id=customer.id
            )
        tasks.reminder_ids.duration = 4
        self.pass_time(hours=1)
        self.run_service(sms_error=DOWN)
        self.assertEqual(set(self.rows(tasks[:1]).mapped("state")), {"queued"})
        return tasks

    def _get_states(self, tasks):
        rows = self.log.search([("task_id", "in", tasks.ids)])
        return {(row.state, row.reason) for row in rows}

    def test_c09_switch_drops_a_batch_and_the_service_the_rest(self):
        tasks = self._let_wait(5)
        self.patch(second_look, "DROPPED_AT_ONCE", 2)
        self.company.reminder_enabled = False
        waiting = [("state", "=", "queued"), ("company_id", "=", self.company.id)]
        self.assertEqual(self.log.search_count(waiting), 3)
        self.pass_time(minutes=2)
        self.run_service()
        self.assertFalse(self.texts)
        self.assertEqual(self._get_states(tasks), {("skipped", "company_off")})

    def test_b04_what_waits_over_a_slip_is_written_anew_where_it_reads_otherwise(self):
        tasks = self._let_wait(3)
        self.patch(second_look, "DROPPED_AT_ONCE", 1)
        self.company.reminder_enabled = False
        self.company.reminder_enabled = True
        self.company.reminder_enabled_at = self.now
        for task in tasks:
            task.name = "Trim the hedge"
        texts = []
        for _run in range(4):
            self.pass_time(minutes=2)
            self.run_service()
            texts += self.texts
        self.assertEqual(len(texts), 3)
        self.assertTrue(all("Trim the hedge" in text for _number, text in texts))

    def test_c09_queries_do_not_grow_with_what_waits(self):
        found = []
        queued = [("state", "=", "queued"), ("company_id", "=", self.company.id)]
        for number in (2, 6):
            self._let_wait(number)
            waiting = self.log.search_count(queued)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.company.reminder_enabled = False
            self.env.flush_all()
            found.append((waiting, self.env.cr.sql_log_count - before))
            self.company.reminder_enabled = True
            self.company.reminder_enabled_at = self.now
        [(few, few_queries), (many, many_queries)] = found
        self.assertGreater(many, few)
        # one for each is Odoo's: it tells those who look at the task's messages
        self.assertLessEqual(many_queries - few_queries, many - few)

    def test_c09_archived_company_is_off(self):
        """A sister of it: nobody would come to its messages any more."""
        other = self._create_company("Closed down")
        self.sender.company_ids += other
        self._switch_on(other, self.sender, self.mail_server)
        self.project = self.project.copy({"company_id": other.id})
        rows = self.rows(self._let_wait(1))
        self.assertEqual(rows.company_id, other)
        other.active = False
        self.pass_time(minutes=2)
        self.run_service()
        self.assertFalse(self.texts)
        self.assertEqual(rows.state, "skipped")

    def test_c09_days_are_counted_anew_by_the_service(self):
        tasks = self.env["project.task"]
        for _number in range(5):
            tasks += self.create_task(
                self.line(duration=2, unit="days"), starts_in=timedelta(days=400)
            )
        # the days before that change of clocks: an hour less in Warsaw, not in New York
        tasks.planned_date_begin = tasks[0].planned_date_begin.replace(month=3, day=29)
        before = set(tasks.reminder_ids.mapped("due_at"))
        self.patch(recount, "BATCH_SIZE", 2)
        self.company.resource_calendar_id.tz = "America/New_York"
        self.assertEqual(len(set(tasks.reminder_ids.mapped("due_at"))), 2)
        self.run_service()
        after = set(tasks.reminder_ids.mapped("due_at"))
        self.assertEqual(len(after), 1)
        self.assertFalse(before & after)
        self.assertEqual(self.company.sudo().reminder_recount_from, 0)

    def test_c10_switched_off_by_a_slip_what_waited_comes_back(self):
        task = self._let_wait(1)
        self.company.reminder_enabled = False
        self.assertEqual(task.reminder_ids.state, "scheduled")
        self.company.reminder_enabled = True
        self.pass_time(minutes=1)
        self.run_service()
        self.assertEqual(self.numbers, ["+48600100300"])
        self.assertEqual(task.reminder_ids.state, "done")

    def test_c10_slip_that_the_service_has_seen(self):
        task = self._let_wait(1)
        self.patch(second_look, "DROPPED_AT_ONCE", 0)
        self.company.reminder_enabled = False
        self.pass_time(minutes=1)
        self.patch(second_look, "DROPPED_AT_ONCE", 200)
        self.run_service()
        self.assertEqual(self._get_states(task), {("skipped", "company_off")})
        self.company.reminder_enabled = True
        self.pass_time(minutes=1)
        self.run_service()
        self.assertEqual(self.numbers, ["+48600100300"])
        self.run_service()
        self.assertFalse(self.texts)

    def test_c10_what_is_not_in_time_any_more_stays_away(self):
        task = self._let_wait(1)
        self.company.reminder_enabled = False
        self.pass_time(hours=6)
        self.company.reminder_enabled = True
        self.run_service()
        self.assertFalse(self.texts)
        self.assertEqual(task.reminder_ids.state, "missed")

    def test_c10_what_was_due_while_it_was_off_stays_away(self):
        task = self.create_task(self.line())
        self.company.reminder_enabled = False
        self.pass_time(hours=1)
        self.run_service()
        self.company.reminder_enabled = True
        self.pass_time(minutes=1)
        self.company.reminder_enabled_at = self.now
        self.run_service()
        self.assert_reason(task, "before_switch")
