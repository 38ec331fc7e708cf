from odoo import api, models
from odoo.exceptions import AccessDenied, UserError
from odoo.tools import SQL, consteq, hmac

from .ir_mail_server import SPARE_USED

SEAL_SCOPE = "crm_task_reminder_operator"


class ResUsers(models.Model):
    _inherit = "res.users"

    # ------------------------------------------------------------------
    # The operator's authorisation
    # ------------------------------------------------------------------

    def _get_reminder_password_hash(self):
        """Return the hash of the user's own password, an empty string if none is set.

        Users who sign in by OAuth, LDAP or the like may have none.
        """
        self.ensure_one()
        query = SQL("SELECT password FROM res_users WHERE id = %s", self.id)
        return self.env.execute_query(query)[0][0] or ""

    def _get_reminder_seal(self, company):
        """Return what stands for the user's consent to speak for the company.

        It holds as long as the user's password stays the same. Neither the password nor
        its hash can be found from it.

        :param res.company company:
        :return str:
        """
        content = (company.id, self.id, self._get_reminder_password_hash())
        # sudo: the key is the database's secret, which nobody else may read
        return hmac(self.env(su=True), SEAL_SCOPE, content)

    def _check_reminder_seal(self, company, seal):
        """Tell whether the seal is the one that the user's password gives now."""
        return bool(seal) and consteq(seal, self._get_reminder_seal(company))

    def _check_reminder_password(self, password):
        """Check the user's password the way the sign-in does, guessing included.

        :param str password: it is checked and forgotten
        :raise UserError: it is not the user's password, or there were too many tries
        """
        self.ensure_one()
        credential = {"login": self.login, "password": password, "type": "password"}
        # sudo: the hash of a password is nobody's to read. Empty: on a record of the
        # user Odoo might give the present session, somebody else's, the user's token.
        checker = self.with_user(self).sudo().browse()
        try:
            with self._assert_can_auth(user=self.login):
                checker._check_credentials(credential, {"interactive": True})
        except AccessDenied as error:
            raise UserError(
                self.env._(
                    "The password of %s is not right, or there were too many tries. "
                    "Nothing was saved.",
                    self.name,
                )
            ) from error

    # ------------------------------------------------------------------
    # What an operator needs
    # ------------------------------------------------------------------

    def _get_reminder_trouble(self, company):
        """Return what keeps the user from being the company's operator.

        :param res.company company:
        :return str | False: a value of the log's ``reason``
        """
        if not self:
            return "no_operator"
        if not self.active:
            return "operator_archived"
        if company not in self.company_ids:
            return "operator_company"
        return False

    @api.autovacuum
    def _gc_personal_mail_servers(self):
        """Skip the accounts that reminders use.

        Odoo deletes all old accounts in one go: one that refuses would keep them all.
        """
        users = self.with_context(**{SPARE_USED: True})
        return super(ResUsers, users)._gc_personal_mail_servers()
