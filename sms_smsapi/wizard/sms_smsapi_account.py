from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import formatLang

from ..tools import codes
from ..tools.account import NotReachedError, RefusedError, SmsapiError


class SmsSmsapiAccount(models.TransientModel):
    """The set-up of a company's account at SMSAPI."""

    _name = "sms.smsapi.account"
    _description = "Set-up of SMSAPI"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    # entered and never shown again; not stored, or it would stay in this table a while
    token = fields.Char(compute="_compute_token", inverse="_inverse_token", store=False)
    has_token = fields.Boolean(compute="_compute_has_token")
    region = fields.Selection(related="company_id.sms_smsapi_region", readonly=False)
    sender_id = fields.Many2one(
        related="company_id.sms_smsapi_sender_id",
        readonly=False,
        domain="[('company_id', '=', company_id)]",
    )
    is_test = fields.Boolean(related="company_id.sms_smsapi_is_test", readonly=False)
    foreign = fields.Boolean(related="company_id.sms_smsapi_foreign", readonly=False)
    parts = fields.Integer(related="company_id.sms_smsapi_parts", readonly=False)
    shorten = fields.Boolean(related="company_id.sms_smsapi_shorten", readonly=False)
    links_refused_at = fields.Datetime(related="company_id.sms_smsapi_links_refused_at")
    is_shortening_refused = fields.Boolean(compute="_compute_is_shortening_refused")

    @api.depends("company_id")
    def _compute_token(self):
        self.token = False

    def _inverse_token(self):
        for account in self.filtered("token"):
            account.company_id.sms_smsapi_token = account.token.strip()
        self.invalidate_recordset(["token"])  # nor is it in the answer to the saving

    @api.depends("company_id.sms_smsapi_token")
    def _compute_has_token(self):
        for account in self:
            account.has_token = bool(account.company_id.sms_smsapi_token)

    @api.depends("company_id.sms_smsapi_links_refused_at")
    def _compute_is_shortening_refused(self):
        for account in self:
            company = account.company_id
            # as it is saved, and not as it is just being ticked
            account.is_shortening_refused = bool(
                company.sms_smsapi_links_refused_at and company.sms_smsapi_shorten
            )

    def action_test_connection(self):
        """Ask SMSAPI for the balance and the sender's names, and say what it answers.

        :return dict: the notification, after which the set-up is shown anew
        :raise UserError: SMSAPI does not answer as it should
        """
        self.ensure_one()
        account = self.company_id._get_smsapi_account()
        try:
            points, count = account.get_balance()
            names = account.get_names()
        except SmsapiError as error:
            raise UserError(self._explain(error)) from None
        self.env["sms.smsapi.sender"]._replace_smsapi_names(self.company_id, names)
        message = self.env._(
            "Connected. Left: %(points)s points, about %(count)s SMS.",
            points=formatLang(self.env, points, digits=2),
            count=formatLang(self.env, count, digits=0),
        )
        if not names:
            none = self.env._("The account has no sender's name that may be used yet.")
            message = f"{message} {none}"
        action = self.company_id._action_open_sms_smsapi_account()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": "SMSAPI",
                "message": message,
                "type": "success" if names else "warning",
                "next": {**action, "res_id": self.id},
            },
        }

    def action_remove_token(self):
        """Forget the token."""
        self.company_id.sms_smsapi_token = False
        return {
            **self.company_id._action_open_sms_smsapi_account(),
            "res_id": self.id,
        }

    def action_save(self):
        """Close the window. What was entered is saved by the button itself."""
        return {"type": "ir.actions.act_window_close"}

    def _explain(self, error):
        """Return in words why SMSAPI did not answer as it should.

        :param SmsapiError error:
        """
        if isinstance(error, RefusedError):
            if advice := codes.get_meaning(error.code).advice:
                return self.env._(advice)
            return self.env._(
                "SMSAPI refused it: %(text)s (error %(code)s).",
                text=error.text or self.env._("no reason given"),
                code=error.code,
            )
        if isinstance(error, NotReachedError):
            return self.env._("SMSAPI could not be reached.")
        return self.env._("SMSAPI did not answer clearly. Try again later.")
