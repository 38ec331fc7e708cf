from odoo import api, models


class CrmTaskReminderSecondLook(models.AbstractModel):
    """What holds for messages of lines that are repeated."""

    _inherit = "crm.task.reminder.second.look"

    @api.model
    def _find_outdated(self, rows):
        """Nobody gets two at once: what waits when it is sent again is dropped."""
        reasons = super()._find_outdated(rows)
        rest = rows.filtered(lambda row: row not in reasons)
        return reasons | dict.fromkeys(rest._filter_overtaken(), "next_time")

    @api.model
    def _bring_back(self, rows):
        """Have the time come back for which a message was dropped, not the next one."""
        for row in rows.filtered(lambda row: row.reminder_id.repeat_unit):
            if row.reminder_id._get_anchor() == row.start:
                row.reminder_id._return_to_turn(row.turn)
        return super()._bring_back(rows)
