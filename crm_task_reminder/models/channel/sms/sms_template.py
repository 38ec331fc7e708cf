from odoo import models


class SmsTemplate(models.Model):
    _name = "sms.template"
    _inherit = ["crm.task.reminder.template.mixin", "sms.template"]

    def write(self, vals):
        """Refuse to make a template over into one that the user may not change."""
        result = super().write(vals)
        if "model_id" in vals:
            # Odoo has asked for the rights on the templates as they were
            self.check_access("write")
        return result
