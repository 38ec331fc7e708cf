import logging
from collections import defaultdict
from contextlib import contextmanager
from datetime import datetime, timedelta

from odoo import api, models
from odoo.exceptions import AccessDenied, UserError
from odoo.http import request
from odoo.tools import SQL, consteq, hmac

from .ir_mail_server import SPARE_USED

_logger = logging.getLogger(__name__)

#: It is part of each seal: with another one, all of them would be broken.
SEAL_SCOPE = "crm_task_reminder_operator"
#: How long a wrong password counts against further tries.
GUESS_COUNTS_FOR = timedelta(hours=1)


class ResUsers(models.Model):
    _inherit = "res.users"

    # ------------------------------------------------------------------
    # The sender's authorisation
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
        """Return the companies whose sender the user is, with consent."""
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

    def _check_reminder_password(self, company, password):
        """Check the user's password the way the sign-in does, guessing included.

        :param res.company company: whose sender the user is to be
        :param str password: it is checked and forgotten
        :raise UserError: it is not the user's password, or there were too many tries
        """
        self.ensure_one()
        credential = {"login": self.login, "password": password, "type": "password"}
        # sudo: the hash of a password is nobody's to read. Empty: on a record of the
        # user Odoo might give the present session, somebody else's, the user's token.
        checker = self.with_user(self).sudo().browse()
        try:
            self._check_reminder_guesses(company)
            with (
                self._assert_can_auth(user=self.login),
                self._count_reminder_guess(company),
            ):
                checker._check_credentials(credential, {"interactive": True})
        except AccessDenied as error:
            source = request.httprequest.remote_addr if request else "n/a"
            # in the words of Odoo's sign-in: what shuts guessers out looks for them
            _logger.info("Login failed for login:%s from %s", self.login, source)
            raise UserError(
                self.env._(
                    "The password of %s is not right, or there were too many tries. "
                    "Nothing was saved.",
                    self.name,
                )
            ) from error

    def _check_reminder_guesses(self, company):
        """Refuse for a while after too many wrong passwords, by Odoo's own measure.

        Odoo counts them by the address that they come from, and starts anew with the
        first right one, which may be that of another account of whoever guesses.

        :raise AccessDenied: there were too many for the user, or in the company's name
        """
        now = datetime.now()
        for guesses in self._get_reminder_guesses(company):
            guesses[:] = [at for at in guesses if at > now - GUESS_COUNTS_FOR]
            if guesses and self._on_login_cooldown(len(guesses), guesses[-1]):
                raise AccessDenied()

    @contextmanager
    def _count_reminder_guess(self, company):
        """Count a password that is found to be wrong; a right one was no guess."""
        of_user, of_company = self._get_reminder_guesses(company)
        try:
            yield
        except AccessDenied:
            of_user.append(datetime.now())
            of_company.append(datetime.now())
            raise
        of_user.clear()

    def _get_reminder_guesses(self, company):
        """Return when wrong passwords were entered, for the user and in the company.

        Each worker keeps its own, as Odoo's does its count of failed sign-ins.

        :return tuple[list[datetime], list[datetime]]: to be changed in place
        """
        registry = self.env.registry
        if not hasattr(registry, "_reminder_guesses"):
            registry._reminder_guesses = defaultdict(list)
        guesses = registry._reminder_guesses
        return guesses[self._name, self.id], guesses[company._name, company.id]

    # ------------------------------------------------------------------
    # In whose name
    # ------------------------------------------------------------------

    def _get_reminder_companies(self):
        """Return the companies that the user may speak for, no archived one.

        Whatever the context of a request says about archived records.
        """
        self.ensure_one()
        return self.with_context(active_test=True).company_ids

    # ------------------------------------------------------------------
    # What a sender needs
    # ------------------------------------------------------------------

    def _get_reminder_trouble(self, company):
        """Return what keeps the user from being the company's sender.

        :param res.company company:
        :return str | False: a value of the log's ``reason``
        """
        if not self:
            return "no_operator"
        if not self.active:
            return "operator_archived"
        if company not in self._get_reminder_companies():
            return "operator_company"
        return False

    @api.autovacuum
    def _gc_personal_mail_servers(self):
        """Skip the accounts that reminders use.

        Odoo deletes all old accounts in one go: one that refuses would keep them all.
        """
        users = self.with_context(**{SPARE_USED: True})
        return super(ResUsers, users)._gc_personal_mail_servers()
