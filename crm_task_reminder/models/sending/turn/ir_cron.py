from odoo import models

from ....tools import turn


class IrCron(models.Model):
    """When a worker's turn began: Odoo ends a worker whose turn takes too long."""

    _inherit = "ir.cron"

    @classmethod
    def _process_job(cls, cron_cr, job):
        with turn.job():
            return super()._process_job(cron_cr, job)
