from odoo import api, models

from ....tools.moments import MOMENTS


class CrmTaskReminderMixin(models.AbstractModel):
    """Lets a line's template go with its moment."""

    _inherit = "crm.task.reminder.mixin"

    @api.onchange("timing")
    def _inverse_timing(self):
        former = {line: line.moment for line in self}
        result = super()._inverse_timing()
        for line, moment in former.items():
            if line.moment != moment:
                line._follow_moment()
        return result

    def _follow_moment(self):
        """Take the moment's standard templates, unless others were chosen."""
        self.ensure_one()
        for channel in self._get_channels().values():
            standard = {
                channel._get_standard_template(self.audience, moment)
                for moment, _label in MOMENTS
            }
            name = channel._template_field
            # _origin: in an unsaved form the records are new ones
            if self[name] and self[name]._origin in standard:
                self[name] = channel._get_standard_template(self.audience, self.moment)
