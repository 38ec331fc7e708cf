from collections import defaultdict

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize, format_list

#: Context key: accounts that reminders use are skipped on deletion, without an error.
SPARE_USED = "crm_task_reminder_spare_used_accounts"


class IrMailServer(models.Model):
    _inherit = "ir.mail_server"

    def unlink(self):
        if self.env.context.get(SPARE_USED):
            self -= self.browse().concat(*self._get_reminder_companies())
        return super().unlink()

    def test_smtp_connection(self, autodetect_max_email_size=False):
        """Leave it to administrators: others read accounts to choose one, no more."""
        self.check_access("write")
        return super().test_smtp_connection(autodetect_max_email_size)

    def _active_usages_compute(self):
        usages = super()._active_usages_compute()
        for server, companies in self._get_reminder_companies().items():
            usages.setdefault(server.id, []).extend(
                self.env._("%s (automatic reminders of this company)", company.name)
                for company in companies
            )
        return usages

    @api.constrains("owner_user_id")
    def _check_reminder_owner(self):
        companies = self._get_reminder_companies().values()
        self.env["res.company"].concat(*companies)._check_reminder_mail_server()

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

    def _get_reminder_warning(self, sender):
        """Return why mail servers may refuse the sender's mails from this account.

        Odoo sends with the sender's address through a chosen account, whether the
        account is set up for that sender or not.

        :param res.users sender:
        :return str: in words, empty when nothing is wrong
        """
        address = email_normalize(sender.email)
        if not address:
            return self.env._("%s has no e-mail address to send from.", sender.name)
        is_own = bool(self.owner_user_id)
        if is_own and sender.outgoing_mail_server_id != self:
            return self.env._("%s does not use this e-mail account.", sender.name)
        if is_own and self.from_filter != address:
            is_allowed = False
        else:
            is_allowed = self._match_from_filter(address, self.from_filter)
        if is_allowed:
            return ""
        if not self.from_filter:
            return self.env._(
                "No sender is set for this e-mail account, and %(sender)s writes as "
                "%(address)s: reminders may be refused or end up as spam.",
                sender=sender.name,
                address=address,
            )
        return self.env._(
            "This e-mail account is for senders from %(senders)s, but %(sender)s "
            "writes as %(address)s: reminders may be refused or end up as spam.",
            senders=self.from_filter,
            sender=sender.name,
            address=address,
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
