from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_reminder_address(self):
        """Return where somebody lives in one line, without the name."""
        town = " ".join(filter(None, (self.zip, self.city)))
        return ", ".join(filter(None, (self.street, self.street2, town)))
