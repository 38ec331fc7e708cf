from odoo import api, fields, models

CONDITIONS = [
    ("unless_settled", "Unless confirmed or declined"),
    ("unless_answered", "Only if not answered"),
    ("always", "In any case"),
]


class CrmTaskReminderMixin(models.AbstractModel):
    """Whether a customer who has answered is still reminded."""

    _inherit = "crm.task.reminder.mixin"

    answer_condition = fields.Selection(
        CONDITIONS,
        string="After an Answer",
        required=True,
        default="unless_settled",
        help="Whether a customer who has answered about this start gets the reminder.",
    )

    @api.model
    def _get_setting_fields(self):
        return super()._get_setting_fields() | {"answer_condition"}

    def _get_setting_key(self):
        return *super()._get_setting_key(), self.answer_condition
