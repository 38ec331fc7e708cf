from odoo import api, fields, models
from odoo.tools import SQL

#: So many workers may die with a reminder before it is given up.
MAX_DEATHS = 3


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

    @api.model
    def _take(self, run):
        """Return the reminders that a run was at when its worker died; forget them.

        :param crm.task.reminder.log run:
        :return crm.task.reminder: those that still exist
        """
        batches = self.search([("run_id", "=", run.id)])
        ids = [one for batch in batches for one in batch.reminder_ids or ()]
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
