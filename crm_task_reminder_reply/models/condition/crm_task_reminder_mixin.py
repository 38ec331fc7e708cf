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

    repeat_until = fields.Selection(
        selection_add=[("answered", "until answered")],
        ondelete={"answered": "set default"},
    )

    def _depends_on_answer(self):
        """Tell whether an answer can keep the line from being sent.

        It says whether somebody comes; that one need not, is told in any case.
        """
        return self._is_about_start() and self.moment != "called_off"

    def _get_repeat_text(self):
        text = super()._get_repeat_text()
        if not self._asks_again():
            return text
        return self.env._("%s until answered", text)

    def _asks_again(self):
        """Tell whether the line is repeated until the customer has answered."""
        self.ensure_one()
        is_asked = self.audience == "customer" and self._is_about_start()
        return is_asked and self.repeat_unit and self.repeat_until == "answered"

    @api.model
    def _get_setting_fields(self):
        return super()._get_setting_fields() | {"answer_condition"}

    def _get_setting_key(self):
        return *super()._get_setting_key(), self.answer_condition
