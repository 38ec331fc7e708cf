from odoo import models

from .crm_task_reminder import NOTICE


class ResCompany(models.Model):
    _inherit = "res.company"

    def _get_reminder_environment(self, **context):
        """Let texts know which news they are about."""
        notice = self.env.context.get(NOTICE, False)
        return super()._get_reminder_environment(**{NOTICE: notice, **context})
