from odoo import models


class CrmTaskReminder(models.Model):
    """The template that is proposed on a task."""

    _inherit = "crm.task.reminder"

    def _get_proposed_template(self):
        """Propose what the company has set for this kind of reminder."""
        company = self.company_id or self.env.company
        defaults = company._get_reminder_defaults(self.audience)
        lines = defaults.filtered(lambda line: line.channel == self.channel)
        template = lines[self._get_channel()._template_field][:1]
        return template or super()._get_proposed_template()
