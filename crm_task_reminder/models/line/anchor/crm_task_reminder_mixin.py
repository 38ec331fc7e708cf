from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ....tools.moments import AFTER_MOMENTS, END_MOMENTS

TASK_STATES = [
    ("open", "Open tasks"),
    ("done", "Done tasks"),
    ("both", "Open and done tasks"),
]
#: For which tasks a line is meant, where it comes after a date: thanks are for what is
#: done, a question whether it has begun is for what is open.
USUAL_TASK_STATES = {"after": "open", "after_end": "done"}


class CrmTaskReminderMixin(models.AbstractModel):
    """From which date a line is counted, to which side of it, and for which tasks."""

    _inherit = "crm.task.reminder.mixin"

    task_states = fields.Selection(
        TASK_STATES,
        string="For",
        required=True,
        default="open",
        help="Which tasks a line after a date is for. A cancelled task has none. A "
        "line for done tasks waits until the task is done, and is sent up to a week "
        "late.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create(
            [
                {"task_states": self._get_usual_task_states(vals.get("moment")), **vals}
                for vals in vals_list
            ]
        )

    def write(self, vals):
        if vals.get("moment", "after") not in AFTER_MOMENTS:
            vals = {"task_states": "open", **vals}
        return super().write(vals)

    @api.model
    def _get_usual_task_states(self, moment):
        """Return for which tasks a line is unless somebody says so.

        :param str moment: one of ``MOMENTS``
        """
        return USUAL_TASK_STATES.get(moment, "open")

    @api.onchange("moment")
    def _onchange_moment(self):
        for line in self:
            line.task_states = self._get_usual_task_states(line.moment)

    @api.constrains("moment", "task_states")
    def _check_task_states(self):
        for line in self:
            if line.task_states != "open" and not line._is_after():
                raise ValidationError(
                    self.env._("Only what is sent after a date can be for done tasks.")
                )

    def _is_after(self):
        """Tell whether the line comes after the date that it is counted from."""
        return self.moment in AFTER_MOMENTS

    def _is_about_end(self):
        """Tell whether the line is counted from the end of the task."""
        return self.moment in END_MOMENTS

    # ------------------------------------------------------------------
    # Words and settings
    # ------------------------------------------------------------------

    def _get_date_text(self):
        texts = {
            "before_end": self.env._("at the deadline"),
            "after_end": self.env._("at the end"),
        }
        return texts.get(self.moment) or super()._get_date_text()

    def _get_span_text(self, span):
        texts = {
            "after": self.env._("%(span)s after the start", span=span),
            "before_end": self.env._("%(span)s before the deadline", span=span),
            "after_end": self.env._("%(span)s after the end", span=span),
        }
        return texts.get(self.moment) or super()._get_span_text(span)

    @api.model
    def _get_setting_fields(self):
        return super()._get_setting_fields() | {"task_states"}

    def _get_setting_key(self):
        return *super()._get_setting_key(), self._is_after() and self.task_states
