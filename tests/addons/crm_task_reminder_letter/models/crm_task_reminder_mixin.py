from odoo import fields, models


class CrmTaskReminderMixin(models.AbstractModel):
    _inherit = "crm.task.reminder.mixin"

    channel = fields.Selection(
        selection_add=[("letter", "Letter")], ondelete={"letter": "cascade"}
    )
    letter_template_id = fields.Many2one(
        "mail.template",
        string="Letter Template",
        domain=[("model", "=", "project.task"), ("name", "ilike", "letter")],
        context={"default_model": "project.task"},
        ondelete="set null",
    )
