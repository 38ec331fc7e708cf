from odoo import api, models


class CrmTaskReminderChannel(models.AbstractModel):
    """How a form of sending is told that an address wants no more of it."""

    _inherit = "crm.task.reminder.channel"

    @api.model
    def _put_on_blacklist(self, addresses, note):
        """Put addresses onto Odoo's blacklist of the form, if it has one.

        :param list[str] addresses: as ``_get_addresses`` returns them
        :param str note: how and when
        """

    @api.model
    def _take_off_blacklist(self, addresses, note):
        """Take addresses off it again.

        :param list[str] addresses:
        :param str note: how and when
        """

    @api.model
    def _describe_opt_out(self):
        """Return in the reader's words what one gets no more; empty without a list."""
        return ""
