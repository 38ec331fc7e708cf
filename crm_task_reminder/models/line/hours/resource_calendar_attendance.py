from odoo import api, models


class ResourceCalendarAttendance(models.Model):
    """Lets reminders follow working days that are added or taken away."""

    _inherit = "resource.calendar.attendance"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.calendar_id._recount_early_reminders()
        return lines

    def write(self, vals):
        calendars = self.calendar_id
        result = super().write(vals)
        (calendars | self.calendar_id)._recount_early_reminders()
        return result

    def unlink(self):
        calendars = self.calendar_id
        result = super().unlink()
        calendars.exists()._recount_early_reminders()
        return result
