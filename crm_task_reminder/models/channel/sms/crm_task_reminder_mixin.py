from odoo import fields, models


class CrmTaskReminderMixin(models.AbstractModel):
    """The form *SMS* of a line, the one that lines start with, and its template."""

    _inherit = "crm.task.reminder.mixin"

    channel = fields.Selection(
        selection_add=[("sms", "SMS")], ondelete={"sms": "cascade"}, default="sms"
    )
    sms_template_id = fields.Many2one(
        "sms.template",
        string="SMS Template",
        domain=[("model", "=", "project.task")],
        context={"default_model": "project.task"},
        ondelete="set null",
    )
