from datetime import timedelta

from odoo.fields import Command
from odoo.tests import tagged

from .plan import PlanCommon


@tagged("post_install", "-at_install")
class TestPlanSize(PlanCommon):
    """The morning plans of many people cost as many queries as those of few."""

    def create_staff(self, count, tasks):
        """Create users, each with so many tasks of the day for different customers."""
        users = self.env["res.users"].concat(
            *(
                self._create_user(f"staff{n}", f"Staff {n}", "600 100 3")
                for n in range(count)
            )
        )
        customers = self.env["res.partner"].create(
            [{"name": f"C {n}", "phone": "600 100 555"} for n in range(tasks)]
        )
        self.env["project.task"].create(
            [
                {
                    "name": f"{customer.name} by {user.name}",
                    "project_id": self.project.id,
                    "partner_id": customer.id,
                    "user_ids": [Command.set(user.ids)],
                    "planned_date_begin": self.now + timedelta(hours=3),
                }
                for user in users
                for customer in customers
            ]
        )

    def count_queries(self, count, tasks):
        """Return the queries until all plans are queued, and those of the decision."""
        self.create_staff(count, tasks)
        run = self.log.create(
            {"operation": "service", "company_id": self.company.id, "state": "running"}
        )
        self.pass_time(hours=1)
        self.env.invalidate_all()
        queue = self.env["crm.task.reminder.queue"]
        before = self.env.cr.sql_log_count
        queue._queue_plans(self.company, run)
        self.env.flush_all()
        queued = self.env.cr.sql_log_count - before
        self.assertEqual(run.queued_count, count)
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        day = self.env["crm.task.reminder.day"]
        current = day._filter_current(self.plans(), self.now)
        self.assertEqual(len(current), count)
        return queued, self.env.cr.sql_log_count - before

    def test_of_two_people(self):
        queued, looked = self.count_queries(2, 2)
        self.assertLess(queued, 75)
        self.assertLess(looked, 20)

    def test_of_forty_people(self):
        queued, looked = self.count_queries(40, 4)
        self.assertLess(queued, 75)
        self.assertLess(looked, 20)
