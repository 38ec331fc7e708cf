from odoo import api, models


class IrMailServer(models.Model):
    _inherit = "ir.mail_server"

    @api.model
    def _build_email__(self, *args, **kwargs):  # noqa: PLW3201
        message = super()._build_email__(*args, **kwargs)
        message["X-Built"] = "yes"
        return message

    def _prepare_email_message__(self, message, smtp_session):  # noqa: PLW3201
        message["X-Prepared"] = "yes"
        return super()._prepare_email_message__(message, smtp_session)
