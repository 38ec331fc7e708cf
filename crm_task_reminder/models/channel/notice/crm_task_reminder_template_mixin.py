from odoo import api, models

from ....tools.moments import NEWS_MOMENTS


class CrmTaskReminderTemplateMixin(models.AbstractModel):
    _inherit = "crm.task.reminder.template.mixin"

    @api.model
    def _find_reminder_templates(self, audience):
        """Add the standard templates for news."""
        templates = super()._find_reminder_templates(audience)
        for channel in self.env["crm.task.reminder.mixin"]._get_channels().values():
            for moment in NEWS_MOMENTS:
                standard = channel._get_standard_template(audience, moment)
                if standard._name == self._name:
                    templates |= standard
        return templates
