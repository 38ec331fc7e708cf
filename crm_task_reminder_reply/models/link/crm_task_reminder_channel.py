from odoo import api, models


class CrmTaskReminderChannel(models.AbstractModel):
    """Which messages of a form get a link; a form without a place for it gives none."""

    _inherit = "crm.task.reminder.channel"

    @api.model
    def _has_reply_link(self, delivery):
        """Tell whether a delivery's text has a link: those for customers alone.

        :param Delivery delivery: with its content
        """
        return False
