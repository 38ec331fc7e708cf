from odoo import fields, models


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
