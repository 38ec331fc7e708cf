from odoo import api, fields, models


class CrmTaskReminderMixin(models.AbstractModel):
    """The form *e-mail* of a line, and its template."""

    _inherit = "crm.task.reminder.mixin"

    channel = fields.Selection(
        selection_add=[("email", "E-mail")], ondelete={"email": "cascade"}
    )
    mail_template_id = fields.Many2one(
        "mail.template",
        string="E-mail Template",
        domain=[("model", "=", "project.task")],
        context={"default_model": "project.task"},
        ondelete="set null",
    )
    template_hint = fields.Char(
        string="Left Out of the Template",
        compute="_compute_template_hint",
        compute_sudo=True,  # who sets up a reminder need not have access to templates
        help="What the template sets that reminders have from elsewhere.",
    )

    @api.depends("channel", "mail_template_id")
    @api.depends_context("lang")
    def _compute_template_hint(self):
        email = self.env["crm.task.reminder.channel.email"]
        for line in self:
            is_used = line.channel == email._channel and line.mail_template_id
            line.template_hint = (
                email._describe_unused(line.mail_template_id) if is_used else ""
            )
