from odoo import api, models

from ....tools.moments import NEWS_MOMENTS


class CrmTaskReminderTemplateMixin(models.AbstractModel):
    _inherit = "crm.task.reminder.template.mixin"

    @api.model
    def _find_reminder_templates(self, audience):
        """Of a line that tells news, the standard one for that news comes first."""
        moment = self.env.context.get("reminder_moment")
        if moment not in NEWS_MOMENTS:
            return super()._find_reminder_templates(audience)
        templates = self.browse()
        for channel in self.env["crm.task.reminder.mixin"]._get_channels().values():
            standard = channel._get_standard_template(audience, moment)
            if standard._name == self._name:
                templates |= standard
        return templates
