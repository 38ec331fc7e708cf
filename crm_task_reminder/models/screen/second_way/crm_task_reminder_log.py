from odoo import api, fields, models


class CrmTaskReminderLog(models.Model):
    """What a person reads of a message that stands in the place of another one."""

    _inherit = "crm.task.reminder.log"

    instead_of_text = fields.Char(
        string="Instead of",
        compute="_compute_instead_of_text",
        help="The form that was not possible, and why.",
    )

    @api.depends("instead_of_id.channel", "instead_of_id.reason")
    @api.depends_context("lang")
    def _compute_instead_of_text(self):
        for row in self:
            other = row.instead_of_id
            words = other._get_label("channel"), other._get_label("reason")
            row.instead_of_text = ": ".join(filter(None, words)) if other else ""

    def _describe(self):
        text = super()._describe()
        if not self.instead_of_text:
            return text
        return self.env._(
            "%(text)s, instead of %(other)s", text=text, other=self.instead_of_text
        )
