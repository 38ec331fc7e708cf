from odoo import api, models


class CrmTaskReminderMixin(models.AbstractModel):
    """Lets a line's template go with the date that it is counted from."""

    _inherit = "crm.task.reminder.mixin"

    @api.onchange("moment")
    def _onchange_moment(self):
        result = super()._onchange_moment()
        for line in self.filtered("channel"):
            line._follow_moment()
            if not line._get_template():
                line[line.template_field] = line._get_proposed_template()
        return result
