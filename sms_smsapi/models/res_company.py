import re
from functools import partial

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import consteq, hmac
from odoo.tools.urls import urljoin

from ..tools.account import DOMAINS, Account
from ..tools.after_commit import call_after_commit
from ..tools.sms_api import SmsApiSmsapi

#: Who may see and change an account.
ADMINISTRATORS = "base.group_system"
#: System parameter: another address than SMSAPI's own, such as one for tests.
ENDPOINT = "sms_smsapi.endpoint"
MAX_PARTS = 10


class ResCompany(models.Model):
    """A company's account at SMSAPI, and how it is used."""

    _inherit = "res.company"

    sms_provider = fields.Selection(
        selection_add=[("smsapi", "Send via SMSAPI")],
        ondelete={"smsapi": "set default"},
    )
    sms_smsapi_token = fields.Char(
        string="SMSAPI Token",
        compute="_compute_sms_smsapi_token",
        inverse="_inverse_sms_smsapi_token",
        groups=ADMINISTRATORS,
    )
    sms_smsapi_region = fields.Selection(
        [
            ("pl", "Poland (smsapi.pl)"),
            ("com", "International (smsapi.com)"),
            ("se", "Sweden (smsapi.se)"),
            ("bg", "Bulgaria (smsapi.bg)"),
        ],
        string="SMSAPI Region",
        default="pl",
        groups=ADMINISTRATORS,
        help="Where the account is.",
    )
    sms_smsapi_sender_id = fields.Many2one(
        "sms.smsapi.sender",
        string="Sender's Name",
        groups=ADMINISTRATORS,
        copy=False,
        help="Whom customers see as the sender. Empty: the account's own choice.",
    )
    sms_smsapi_is_test = fields.Boolean(
        string="Test Mode",
        groups=ADMINISTRATORS,
        help="SMSAPI checks the SMS and sends none.",
    )
    sms_smsapi_foreign = fields.Boolean(
        string="Foreign Numbers",
        default=True,
        groups=ADMINISTRATORS,
        help="Also send SMS to numbers of other countries. They cost more.",
    )
    sms_smsapi_parts = fields.Integer(
        string="Parts of an SMS at Most",
        groups=ADMINISTRATORS,
        help="A longer one is refused. 0: as many as SMSAPI takes.",
    )
    sms_smsapi_shorten = fields.Boolean(
        string="Shorten Links",
        groups=ADMINISTRATORS,
        help="SMSAPI puts short links of its own in the place of those in a text. An "
        "account may send these, also where it may not send others.",
    )
    sms_smsapi_links_refused_at = fields.Datetime(
        string="Links Refused", groups=ADMINISTRATORS, copy=False, readonly=True
    )

    def _compute_sms_smsapi_token(self):
        # sudo: it is nobody's to read but by this field
        tokens = self.env["sms.smsapi.token"].sudo()._read_tokens(self._origin)
        for company in self:
            company.sms_smsapi_token = tokens.get(company._origin.id)

    def _inverse_sms_smsapi_token(self):
        self._check_smsapi_token()
        # sudo: it is nobody's to write but by this field
        tokens = self.env["sms.smsapi.token"].sudo()
        for company in self:
            tokens._write_token(company, company.sms_smsapi_token)

    def _check_smsapi_token(self):
        for company in self:
            token = company.sms_smsapi_token
            if token and not re.fullmatch(r"[\x21-\x7e]+", token):
                raise ValidationError(
                    self.env._("A token of SMSAPI has letters, digits and signs only.")
                )

    @api.constrains("sms_smsapi_parts")
    def _check_smsapi_parts(self):
        if any(not 0 <= company.sms_smsapi_parts <= MAX_PARTS for company in self):
            raise ValidationError(
                self.env._("Parts of an SMS: a number from 0 to %s.", MAX_PARTS)
            )

    @api.constrains("sms_smsapi_sender_id")
    def _check_smsapi_sender(self):
        for company in self:
            owner = company.sms_smsapi_sender_id.company_id
            if owner and owner != company:
                raise ValidationError(
                    self.env._("The sender's name is one of another company's account.")
                )

    def _get_sms_api_class(self):
        self.ensure_one()
        if self.sms_provider == "smsapi":
            return SmsApiSmsapi
        return super()._get_sms_api_class()

    def _get_smsapi_account(self):
        """Return the account, with all that each call says.

        :return Account:
        :raise UserError: it has no token
        """
        company = self.sudo()  # sudo: all may send with the account of their company
        if not company.sms_smsapi_token:
            raise UserError(self.env._("SMSAPI is not set up: its token is missing."))
        options = {"notify_url": company._get_smsapi_report_url()}
        if company.sms_smsapi_sender_id:
            options["from_"] = company.sms_smsapi_sender_id.name
        if company.sms_smsapi_parts:
            options["max_parts"] = company.sms_smsapi_parts
        if not company.sms_smsapi_foreign:
            options["skip_foreign"] = 1
        if company.sms_smsapi_is_test:
            options["test"] = 1
        return Account(
            company.sms_smsapi_token, company._get_smsapi_domain(), **options
        )

    def _get_smsapi_domain(self):
        """Return the address that calls go to, which only administrators can change."""
        # sudo: system parameters are the administrators'; this one is no secret
        parameters = self.env["ir.config_parameter"].sudo()
        own = DOMAINS[self.sms_smsapi_region or "pl"]
        return f"{parameters.get_param(ENDPOINT, own).rstrip('/')}/"

    def _get_smsapi_report_url(self):
        """Return where SMSAPI is to tell what became of the company's SMS."""
        path = f"/sms_smsapi/report/{self.id}/{self._get_smsapi_key('report')}"
        return urljoin(self.get_base_url(), path)

    def _get_smsapi_key(self, purpose):
        """Return what only this database and SMSAPI know. It is stored nowhere.

        :param str purpose: of its calls, ``report`` or ``incoming``
        """
        # sudo: it is made with the secret of the database
        return hmac(self.env(su=True), f"sms_smsapi.{purpose}", self.id)

    @api.model
    def _find_smsapi_company(self, company_id, purpose, key):
        """Return whose account a call of SMSAPI is about, as superuser.

        :param int company_id: as the call has it
        :param str purpose: see ``_get_smsapi_key``
        :param str key: as the call has it
        :return res.company: empty where there is no such company, or another key
        """
        # sudo: SMSAPI is no user; the key is its right. A wrong one asks no database.
        company = self.sudo().browse(company_id)
        is_known = consteq(key.encode(), company._get_smsapi_key(purpose).encode())
        return company.exists() if is_known else company.browse()

    # ------------------------------------------------------------------
    # Incoming texts
    # ------------------------------------------------------------------

    def _get_smsapi_incoming_url(self):
        """Return where SMSAPI is to bring what customers write; it is a secret."""
        path = f"/sms_smsapi/incoming/{self.id}/{self._get_smsapi_key('incoming')}"
        return urljoin(self.get_base_url(), path)

    def _receive_smsapi(self, text):
        """Take a text that has come to the company's account; addons do so.

        Nothing has been written in the transaction before. The same text may come more
        than once, with the same ``ident``.

        :param Incoming text:
        """
        self.ensure_one()

    def _note_smsapi_links(self, is_refused, is_accepted):
        """Remember whether the account may send links, for who looks at its set-up."""
        # sudo: whoever sends an SMS may find it out
        has_remark = bool(self.sudo().sms_smsapi_links_refused_at)
        write = partial(
            call_after_commit, self.env, "res.company", self.ids, "_write_smsapi_links"
        )
        if is_refused and not has_remark:
            write(fields.Datetime.now())
        elif is_accepted and not is_refused and has_remark:
            write(False)

    def write(self, values):
        """Forget what was refused where links are sent in another way from now on."""
        if "sms_smsapi_shorten" in values:
            values = {**values, "sms_smsapi_links_refused_at": False}
        return super().write(values)

    def _write_smsapi_links(self, refused_at):
        """Write since when the account is known not to be allowed to send links.

        :param datetime | bool refused_at: naive UTC, or False
        """
        self.exists().sms_smsapi_links_refused_at = refused_at

    def _action_open_sms_smsapi_account(self):
        """Return the action that opens the account's set-up."""
        return {
            "name": self.env._("SMSAPI Account"),
            "type": "ir.actions.act_window",
            "res_model": "sms.smsapi.account",
            "views": [(False, "form")],
            "view_mode": "form",
            "target": "new",
            "context": {**self.env.context, "default_company_id": self.id},
        }
