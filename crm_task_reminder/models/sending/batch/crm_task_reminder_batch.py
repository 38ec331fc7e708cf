from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

#: So many workers may die with a reminder before it is given up.
MAX_DEATHS = 3
#: A worker that is found dead sooner was ended by something else: Odoo gives its
#: workers a minute or more.
BLAMED_AFTER = timedelta(seconds=30)


class CrmTaskReminderBatch(models.Model):
    """Reminders whose messages are being written, noted by a connection of its own.

    A template may never end. Who finds a batch of a worker that died knows which
    reminders may be to blame.
    """

    _name = "crm.task.reminder.batch"
    _description = "Batch of Task Reminders"
    _log_access = False

    run_id = fields.Many2one(
        "crm.task.reminder.log",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    reminder_ids = fields.Json(readonly=True, help="Ids of the reminders.")
    began_at = fields.Datetime(readonly=True)

    @api.model
    def _take(self, run):
        """Return the reminders that a worker may have died of; forget what it was at.

        :param crm.task.reminder.log run: of the worker
        :return crm.task.reminder: those that still exist
        """
        batches = self.search([("run_id", "=", run.id)])
        latest = fields.Datetime.now() - BLAMED_AFTER
        slow = batches.filtered(lambda one: not one.began_at or one.began_at <= latest)
        ids = [one for batch in slow for one in batch.reminder_ids or ()]
        batches.unlink()
        return self.env["crm.task.reminder"].browse(ids).exists()

    @api.model
    def _count_deaths(self, reminders):
        """Count that a worker has died with reminders; return those to give up.

        :param crm.task.reminder reminders:
        """
        if not reminders:
            return reminders
        query = SQL(
            "UPDATE crm_task_reminder SET death_count = coalesce(death_count, 0) + 1 "
            "WHERE id = ANY(%s)",
            reminders.ids,
        )
        self.env.cr.execute(query)
        reminders.invalidate_recordset(["death_count"])
        return reminders.filtered(
            lambda one: one.death_count >= MAX_DEATHS and one.state == "scheduled"
        )
