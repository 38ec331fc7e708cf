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

    def _check_credentials(self, credential, env):
        """Let the consent outlast that Odoo hashes the same password in another way.

        It does so at a sign-in, once ``password.hashing.rounds`` was raised.
        """
        user = self.env.user
        companies = user._get_reminder_sealed_companies()
        before = companies and user._get_reminder_password_hash()
        result = super()._check_credentials(credential, env)
        if companies and user._is_same_reminder_password(credential, before):
            for company in companies:
                company.reminder_seal = user._get_reminder_seal(company)
        return result

    def _get_reminder_sealed_companies(self):
        """Return the companies whose operator the user is, with consent."""
        # sudo: a seal is nobody's to read; archived companies have theirs too
        companies = self.env["res.company"].sudo().with_context(active_test=False)
        return companies.search([("reminder_user_id", "=", self.id)]).filtered(
            lambda company: company._is_reminder_sender_sealed()
        )

    def _is_same_reminder_password(self, credential, before):
        """Tell whether a password was hashed anew that is still the same.

        :param dict credential: with which the user has just signed in
        :param str before: the hash that there was
        """
        after = self._get_reminder_password_hash()
        password = credential.get("password")
        if after == before or not password:
            return False
        hashing = self._crypt_context()
        return all(hashing.verify(password, one) for one in (before, after))

    def _check_reminder_password(self, password):
        """Check the user's password the way the sign-in does, guessing included.

        :param str password: it is checked and forgotten
        :raise UserError: it is not the user's password, or there were too many tries
        """
        self.ensure_one()
        credential = {"login": self.login, "password": password, "type": "password"}
        # sudo: the hash of a password is nobody's to read. No record of the user: Odoo
        # would take ours for the user's own session.
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
        """Leave the accounts that reminders use: else none of the old ones would go."""
        users = self.with_context(**{SPARE_USED: True})
        return super(ResUsers, users)._gc_personal_mail_servers()
