from odoo import api, models


class CrmTaskReminderTemplateMixin(models.AbstractModel):
    _inherit = "crm.task.reminder.template.mixin"

    @api.model
    def _find_reminder_templates(self, audience):
        """Of all moments but the usual one, the standard template comes first."""
        moment = self.env.context.get("reminder_moment")
        if moment in (None, False, "before"):
            return super()._find_reminder_templates(audience)
        templates = self.browse()
        for channel in self.env["crm.task.reminder.mixin"]._get_channels().values():
            standard = channel._get_standard_template(audience, moment)
            if standard._name == self._name:
                templates |= standard
        return templates
