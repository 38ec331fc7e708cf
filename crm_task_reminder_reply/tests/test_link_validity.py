from datetime import datetime, timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import ReplyCommon


@tagged("post_install", "-at_install")
class TestValidity(ReplyCommon):
    """How long a link opens something, and for whom."""

    def setUp(self):
        super().setUp()
        self.task, self.token = self.send_link()

    def find(self):
        self.env.invalidate_all()
        return self.links._find(self.token)

    def test_it_is_found_by_its_token_alone(self):
        self.assertEqual(self.find().task_id, self.task)
        for wrong in ("", self.token[:-1], self.token + "a", self.token.swapcase()):
            self.assertFalse(self.links._find(wrong), wrong)

    def test_the_tasks_own_token_opens_nothing(self):
        self.task._portal_ensure_token()
        self.assertFalse(self.links._find(self.task.access_token))

    def test_it_is_valid_until_a_week_after_the_end(self):
        self.task.date_deadline = self.task.planned_date_begin + timedelta(days=2)
        self.set_now(self.task.date_deadline + timedelta(days=7))
        self.assertTrue(self.find())
        self.pass_time(seconds=1)
        self.assertFalse(self.find())

    def test_another_customer_ends_it(self):
        self.task.partner_id = self.customer.copy({"name": "Somebody else"})
        self.assertFalse(self.find())

    def test_another_number_ends_it(self):
        self.task.reminder_phone = "600 100 299"
        self.assertFalse(self.find())
        self.task.reminder_phone = False
        self.customer.phone = "600 100 298"
        self.assertFalse(self.find())

    def test_an_archived_customer_has_none(self):
        self.customer.active = False
        self.assertFalse(self.find())

    def test_another_company_ends_it(self):
        other = self._create_company("Other")
        project = self.env["project.project"].create(
            {"name": "Other", "company_id": other.id}
        )
        self.task.with_context(allowed_company_ids=[]).sudo().write(
            {"project_id": project.id, "company_id": other.id}
        )
        self.assertFalse(self.find())

    def test_a_company_that_is_off_has_none(self):
        self.company.reminder_enabled = False
        self.assertFalse(self.find())

    def test_a_company_that_is_archived_has_none(self):
        self.company.flush_recordset()
        # Odoo archives none that has users; those of this one are archived with it
        self.env.cr.execute(
            "UPDATE res_company SET active = FALSE WHERE id = %s", [self.company.id]
        )
        self.env.invalidate_all()
        self.assertFalse(self.find())

    def test_b09_a_deadline_that_never_comes(self):
        """Neither the own link nor another one, known or not, fails for it."""
        self.task.date_deadline = datetime(9999, 12, 31, 23, 59, 59)
        self.assertTrue(self.find())
        self.assertFalse(self.links._find("A" * 11))
        self.pass_time(days=30)
        self.assertTrue(self.find())

    def test_a_deleted_task_has_none(self):
        self.task.unlink()
        self.assertFalse(self.find())

    def test_a_deleted_customer_has_none(self):
        self.task.partner_id = False
        self.customer.unlink()
        self.assertFalse(self.find())
        self.assertTrue(self.rows(self.task))

    def test_old_ones_are_removed_when_the_log_is(self):
        self.pass_time(days=30)
        self.links._gc_old_links()
        self.assertTrue(self.links.search([]))
        self.log.search([]).unlink()
        self.links._gc_old_links()
        self.assertFalse(self.links.search([]))

    def test_old_ones_of_a_task_without_a_start_are_removed(self):
        self.task.planned_date_begin = False
        self.pass_time(days=30)
        self.log.search([]).unlink()
        self.links._gc_old_links()
        self.assertFalse(self.links.search([]))

    def test_nobody_reads_links(self):
        for user in (self.sender, self.assignee):
            with self.assertRaises(AccessError):
                self.links.with_user(user).search([])
