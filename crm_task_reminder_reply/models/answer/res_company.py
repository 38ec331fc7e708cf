from odoo import models


class ResCompany(models.Model):
    _inherit = "res.company"

    def _get_reminder_note_sender(self):
        """Return what stands as the address of who has written a note of an answer.

        Odoo would take the customer's, which not all may know who read the task.
        """
        self.ensure_one()
        return self.email_formatted or self.name
