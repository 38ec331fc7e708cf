from odoo import api, fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    reminder_enabled = fields.Boolean(
        related="company_id.reminder_enabled", readonly=False
    )
    reminder_user_id = fields.Many2one(
        related="company_id.reminder_user_id",
        readonly=False,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    reminder_mail_server_id = fields.Many2one(
        related="company_id.reminder_mail_server_id", readonly=False
    )
    reminder_send_passed = fields.Boolean(
        related="company_id.reminder_send_passed", readonly=False
    )
    reminder_sms_plain = fields.Boolean(
        related="company_id.reminder_sms_plain", readonly=False
    )
    reminder_customer_default = fields.Boolean(
        related="company_id.reminder_customer_default", readonly=False
    )
    reminder_operator_default = fields.Boolean(
        related="company_id.reminder_operator_default", readonly=False
    )
    reminder_default_customer_ids = fields.One2many(
        related="company_id.reminder_default_customer_ids", readonly=False
    )
    reminder_default_operator_ids = fields.One2many(
        related="company_id.reminder_default_operator_ids", readonly=False
    )

    @api.onchange("reminder_enabled")
    def _onchange_reminder_enabled(self):
        """Propose oneself as the operator."""
        if self.reminder_enabled and not self.reminder_user_id:
            self.reminder_user_id = self.env.user
