from odoo import api, models

#: Context key: the receipts of these mails are not linked to them, so none is found.
NOT_LINKED = "crm_task_reminder_not_linked"


class MailNotification(models.Model):
    """Receipts, which Odoo looks for twice with each mail that it sends."""

    _inherit = "mail.notification"

    @api.model
    def search(self, domain, offset=0, limit=None, order=None):
        """Spare the search by mail: the service writes the receipts of a portion."""
        if self.env.context.get(NOT_LINKED):
            return self.browse()
        return super().search(domain, offset=offset, limit=limit, order=order)
