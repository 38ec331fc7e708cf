from odoo import api, models
from odoo.exceptions import ValidationError


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

    @api.constrains("model", "model_id")
    def _check_reminder_model(self):
        """Refuse what the screen can't do: rights go by the one, texts by the other."""
        for template in self:
            if template.model != template.model_id.model:
                raise ValidationError(
                    self.env._(
                        "The template “%s” says two different things about what it "
                        "is for.",
                        template.name,
                    )
                )
