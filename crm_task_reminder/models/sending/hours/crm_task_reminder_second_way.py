from odoo import api, models


class CrmTaskReminderSecondWay(models.AbstractModel):
    """What takes the place of a failed message keeps to the hours, too."""

    _inherit = "crm.task.reminder.second.way"

    @api.model
    def _queue_instead(self, company, deliveries):
        planned, late = self.env["crm.task.reminder.decision"]._plan(deliveries)
        queued, failed = super()._queue_instead(company, planned)
        return queued, failed + late
