from odoo import fields, models


class CrmTaskReminderLog(models.Model):
    """Which link a message had, and what was answered."""

    _inherit = "crm.task.reminder.log"

    # Nobody may read links, but the log is searched by what was answered by them.
    link_id = fields.Many2one(
        "crm.task.reminder.link",
        index="btree_not_null",
        ondelete="set null",
        exportable=False,
    )
    # not *answer*, which is the mail server's
    customer_answer = fields.Selection(
        related="link_id.answer",
        string="Customer's Answer",
        falsy_value_label="No answer",
        help="What the customer has answered about the start of the message.",
    )
