from odoo import api, fields, models


class ProjectTask(models.Model):
    _inherit = "project.task"

    reminder_reply_hint = fields.Char(
        string="How to Answer by SMS",
        compute="_compute_reminder_reply_hint",
        compute_sudo=True,  # what customers are told is no secret
        help="“Reply YES or NO.”, where the company takes answers by SMS; for "
        "templates.",
    )

    @api.depends("reminder_company_id")
    @api.depends_context("lang")
    def _compute_reminder_reply_hint(self):
        for company, tasks in self.grouped("reminder_company_id").items():
            hint = company._get_reminder_reply_hint() if company else ""
            tasks.reminder_reply_hint = hint

    @api.model
    def mail_allowed_qweb_expressions(self):
        """Let everybody who writes templates use it."""
        return (
            *super().mail_allowed_qweb_expressions(),
            "object.reminder_reply_hint",
        )
