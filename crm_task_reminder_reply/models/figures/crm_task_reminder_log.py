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
        related="link_id.is_missed",
        string="Did Not Come",
        help="The customer was not there at the start that the message told.",
    )
    is_moved = fields.Boolean(
        related="link_id.is_moved",
        string="Moved Since",
        help="The task has another start by now than the message told.",
    )

    @api.depends("link_id.asks_for_answer")
    def _compute_has_link(self):
        """Leave out links that are only there to ask for no more messages."""
        for row in self:
            row.has_link = row.link_id.asks_for_answer

    @api.model
    def _search_has_link(self, operator, value):
        if operator != "in":
            return NotImplemented
        # sudo: whether there is a link is no secret, only where it leads
        rows = self.sudo()._search([("link_id.asks_for_answer", "=", True)])
        return Domain("id", "in" if True in value else "not in", rows)
