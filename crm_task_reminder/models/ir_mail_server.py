from collections import defaultdict

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_list


class IrMailServer(models.Model):
    _inherit = "ir.mail_server"

    def _active_usages_compute(self):
        usages = super()._active_usages_compute()
        for server, companies in self._get_reminder_companies().items():
            usages.setdefault(server.id, []).extend(
                self.env._("%s (automatic reminders of this company)", company.name)
                for company in companies
            )
        return usages

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used_by_reminders(self):
        for server, companies in self._get_reminder_companies().items():
            raise UserError(
                self.env._(
                    "You can't delete the e-mail account “%(account)s”: the automatic "
                    "reminders of %(companies)s are sent from it.",
                    account=server.name,
                    companies=format_list(self.env, companies.mapped("name")),
                )
            )

    def _get_reminder_companies(self):
        """Return the companies that send reminders from the servers.

        :return dict: ``ir.mail_server`` → ``res.company``
        """
        # sudo: a server may be in use by companies the user does not belong to
        companies = self.env["res.company"].sudo()
        found = companies.search([("reminder_mail_server_id", "in", self.ids)])
        by_server = defaultdict(companies.browse)
        for company in found:
            by_server[company.reminder_mail_server_id] += company
        return by_server
