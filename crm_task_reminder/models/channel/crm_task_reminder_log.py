from odoo import models

from .crm_task_reminder_mixin import PREFIX


class CrmTaskReminderLog(models.Model):
    """The channels of the ledger's rows."""

    _inherit = "crm.task.reminder.log"

    def _get_channel(self):
        """Return the model that sends in the row's form."""
        self.ensure_one()
        return self.env[f"{PREFIX}{self.channel}"]

    def _split_by_channel(self):
        """Return pairs of a channel and those of the messages that are in its form.

        Those of a channel whose addon is not installed any more are in none.
        """
        return [
            (self.env[f"{PREFIX}{name}"], rows)
            for name, rows in self.grouped("channel").items()
            if f"{PREFIX}{name}" in self.env
        ]
