from odoo import api, models


class CrmTaskReminderHandOver(models.AbstractModel):
    """What need not wait, as another form is possible at once."""

    _inherit = "crm.task.reminder.hand.over"

    @api.model
    def _put_off(self, rows, error):
        """Close what a fault of the account keeps from leaving in this form alone."""
        second_way = self.env["crm.task.reminder.second.way"]
        open_rows = rows.browse()
        for channel, members in rows._split_by_channel():
            second = second_way._find(members.company_id, channel, error.reason)
            if second is not None:
                open_rows += members.filtered(self._has_second_way)
        self._close(open_rows, "failed", error)
        return super()._put_off(rows - open_rows, error)

    @api.model
    def _has_second_way(self, row):
        """Tell whether another form may take the place of a message.

        :param crm.task.reminder.log row:
        """
        return bool(row.reminder_id) and not row.instead_of_id
