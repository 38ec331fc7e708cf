from odoo import api, models


class CrmTaskReminderChannel(models.AbstractModel):
    """A form of sending may have the calendar's entry; it is the e-mail that has it."""

    _inherit = "crm.task.reminder.channel"

    @api.model
    def _attach_calendars(self, company, deliveries):
        """Give deliveries their tasks' entries, where the form takes any.

        :param res.company company:
        :param list[Delivery] deliveries: with their content
        """
