from odoo import api, models


class CrmTaskReminderHandOver(models.AbstractModel):
    """What need not wait, as another form is possible at once."""

    _inherit = "crm.task.reminder.hand.over"

    @api.model
    def _put_off(self, rows, error):
        """Close what a fault of the account keeps from leaving in this form alone.

        An error of the program's own may be over with the next attempt.
        """
        if error.reason == "error":
            return super()._put_off(rows, error)
        return super()._put_off(rows - self._close_replaced(rows, error), error)

    @api.model
    def _close_replaced(self, rows, error, *, can_wait=True):
        """Close messages that another form takes the place of; return these.

        One that can't leave at present had better wait until it can where somebody of
        whom it is has no other form.

        :param crm.task.reminder.log rows: of one company and form
        :param ReminderError error: why they can't leave at present
        :param bool can_wait: False where it might be too late then: who has another
            form gets that, whoever else it is of
        """
        second_way = self.env["crm.task.reminder.second.way"]
        replaced = second_way._filter_replaceable(rows, error, for_all=can_wait)
        if replaced:
            self._close(replaced, "failed", error)
        return replaced
