from odoo import api, models


class ResourceCalendarLeaves(models.Model):
    """Lets reminders follow public holidays and other leaves of whole companies."""

    _inherit = "resource.calendar.leaves"

    @api.model_create_multi
    def create(self, vals_list):
        leaves = super().create(vals_list)
        leaves._get_reminder_calendars()._recount_early_reminders()
        return leaves

    def write(self, vals):
        calendars = self._get_reminder_calendars()
        result = super().write(vals)
        (calendars | self._get_reminder_calendars())._recount_early_reminders()
        return result

    def unlink(self):
        calendars = self._get_reminder_calendars()
        result = super().unlink()
        calendars._recount_early_reminders()
        return result

    def _get_reminder_calendars(self):
        """Return the calendars of which the leaves are; a person's leave counts not."""
        common = self.filtered(lambda leave: not leave.resource_id)
        calendars = common.calendar_id
        if everywhere := common.filtered(lambda leave: not leave.calendar_id):
            owners = [False, *everywhere.company_id.ids]
            # sudo: it is for all of its company's calendars, whoever may see them
            calendars = calendars.sudo().search([("company_id", "in", owners)])
        return calendars
