from odoo import api, fields, models
from odoo.fields import Domain


class CrmTaskReminderLog(models.Model):
    """What the answers and the reminders are worth, in figures."""

    _inherit = "crm.task.reminder.log"

    has_link = fields.Boolean(
        string="With a Link to Answer",
        compute="_compute_has_link",
        search="_search_has_link",
        compute_sudo=True,
    )
    reminder_no_show = fields.Boolean(
        related="task_id.reminder_no_show", string="Did Not Come"
    )
    is_moved = fields.Boolean(
        related="link_id.is_moved",
        string="Moved Since",
        help="The task has another start by now than the message told.",
    )

    @api.depends("link_id")
    def _compute_has_link(self):
        for row in self:
            row.has_link = bool(row.link_id)

    @api.model
    def _search_has_link(self, operator, value):
        if operator != "in":
            return NotImplemented
        # sudo: whether there is a link is no secret, only where it leads
        rows = self.sudo()._search([("link_id", "!=", False)])
        return Domain("id", "in" if True in value else "not in", rows)
