from odoo import models

from .crm_task_reminder import NOTICE, TOLD


class ResCompany(models.Model):
    _inherit = "res.company"

    def _get_reminder_environment(self, **context):
        """Let texts know which news they are about."""
        news = {key: self.env.context.get(key, False) for key in (NOTICE, TOLD)}
        return super()._get_reminder_environment(**{**news, **context})
