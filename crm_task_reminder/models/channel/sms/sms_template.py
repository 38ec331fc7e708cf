from odoo import api, models
from odoo.exceptions import ValidationError


class SmsTemplate(models.Model):
    _name = "sms.template"
    _inherit = ["crm.task.reminder.template.mixin", "sms.template"]

    @api.model_create_multi
    def create(self, vals_list):
        templates = super().create(vals_list)
        templates._check_reminder_action()
        return templates

    def write(self, vals):
        """Refuse to make a template over into one that the user may not change."""
        result = super().write(vals)
        if "sidebar_action_id" in vals:
            self._check_reminder_action()
        if "model_id" in vals:
            # Odoo has asked for the rights on the templates as they were
            self.check_access("write")
        return result

    def _check_reminder_action(self):
        """Refuse an action that is not the user's to delete.

        With its template Odoo deletes it, whichever it is, as the superuser.
        """
        if actions := self.sidebar_action_id:
            actions.check_access("unlink")

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
