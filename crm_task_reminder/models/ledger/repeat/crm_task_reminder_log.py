from odoo import api, fields, models


class CrmTaskReminderLog(models.Model):
    """Which time of a line that is repeated a message was sent for."""

    _inherit = "crm.task.reminder.log"

    turn = fields.Integer(
        "Repetition",
        readonly=True,
        aggregator=None,  # the third time and the fourth are not the seventh
        help="How often the reminder had been due before, for that start.",
    )

    @api.model
    def _prepare_row(self, reminder, *args, **kwargs):
        values = super()._prepare_row(reminder, *args, **kwargs)
        values["turn"] = reminder._get_turn()
        # what is not repeated has one time, which a person may have changed
        if reminder.repeat_unit:
            values["due_at"] = reminder._get_turn_due_at()
        return values

    def _filter_overtaken(self):
        """Return the messages of repeated lines of which there is a later one.

        :return crm.task.reminder.log:
        """
        repeated = self.filtered("reminder_id.repeat_unit")
        latest = {}
        for row in self._get_messages(repeated.reminder_id):
            place = row._get_key()[:-1]
            latest[place] = max(row.turn, latest.get(place, 0))
        return repeated.filtered(
            lambda row: row.turn < latest.get(row._get_key()[:-1], 0)
        )
