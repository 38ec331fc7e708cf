from odoo import api, models


class CrmTaskReminderDefault(models.Model):
    """The templates that a company starts with."""

    _inherit = "crm.task.reminder.default"

    @api.model
    def _prepare_first_line(self, audience):
        values = super()._prepare_first_line(audience)
        for channel in self._get_channels().values():
            template = channel._get_standard_template(audience)
            values[channel._template_field] = template.id
        return {**self.default_get(["channel"]), **values}
