from dataclasses import replace

from odoo import api, models


class CrmTaskReminderSecondWay(models.AbstractModel):
    """What takes the place of a message is sent for the same time of its line."""

    _inherit = "crm.task.reminder.second.way"

    @api.model
    def _list_open(self, rows, error=None):
        """Leave out what the next time of the line has overtaken."""
        overtaken = rows._filter_overtaken()
        found = super()._list_open(rows - overtaken, error)
        return {
            replace(refusal, reminder=refusal.reminder._at_turn(row.turn)): row
            for refusal, row in found.items()
        }
