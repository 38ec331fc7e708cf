from odoo import models


class ProjectTask(models.Model):
    _inherit = "project.task"

    def _get_reminder_facts(self):
        """Return what messages usually say of the task, besides its dates.

        A message that waits is written anew when that has changed. Nothing that the
        service writes belongs to it, nor what is not known without a further query.

        :return list: of plain values
        """
        self.ensure_one()
        partner = self.partner_id
        # not its name alone: an address without one is called by its firm's
        return [self.name, partner.id, partner.complete_name]
