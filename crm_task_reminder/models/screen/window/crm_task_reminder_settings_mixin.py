from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Command

from ....tools import password_filter
from ...line.crm_task_reminder_mixin import AUDIENCES

#: Fields of the window that the company does not have, or has under other rights.
OWN_SETTINGS = (
    "reminder_password",
    "reminder_default_customer_ids",
    "reminder_default_operator_ids",
)

password_filter.hide("reminder_password")


class CrmTaskReminderSettingsMixin(models.AbstractModel):
    """The window of a company's reminders: in the settings, and on its own.

    Nothing that is entered is kept here: it goes to the company, the password nowhere.
    """

    _name = "crm.task.reminder.settings.mixin"
    _description = "Task Reminder Window"

    company_id = fields.Many2one("res.company")

    # what is set, top to bottom
    reminder_enabled = fields.Boolean(
        related="company_id.reminder_enabled",
        readonly=False,
        related_sudo=False,
    )
    reminder_user_id = fields.Many2one(
        related="company_id.reminder_user_id",
        readonly=False,
        related_sudo=False,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    reminder_password = fields.Char(
        string="Operator's Password",
        store=False,
        help="The operator's password, asked for when you choose another user than "
        "yourself. It is checked and not kept. When the operator changes it, it has to "
        "be entered here again. A user who signs in with two factors or a passkey "
        "enters the password alone; one who signs in by LDAP, the password of LDAP. "
        "A user without any password, as with OAuth, can be chosen by an administrator "
        "or choose oneself.",
    )
    reminder_password_needed = fields.Boolean(
        compute="_compute_reminder_password_needed"
    )
    reminder_mail_server_id = fields.Many2one(
        related="company_id.reminder_mail_server_id",
        readonly=False,
        related_sudo=False,
    )
    reminder_send_passed = fields.Boolean(
        related="company_id.reminder_send_passed",
        readonly=False,
        related_sudo=False,
    )
    reminder_sms_plain = fields.Boolean(
        related="company_id.reminder_sms_plain",
        readonly=False,
        related_sudo=False,
    )
    reminder_hourly_limit = fields.Integer(
        related="company_id.reminder_hourly_limit",
        readonly=False,
        related_sudo=False,
    )
    reminder_address_hourly_limit = fields.Integer(
        related="company_id.reminder_address_hourly_limit",
        readonly=False,
        related_sudo=False,
    )
    reminder_address_daily_limit = fields.Integer(
        related="company_id.reminder_address_daily_limit",
        readonly=False,
        related_sudo=False,
    )
    reminder_sms_parts = fields.Integer(
        related="company_id.reminder_sms_parts",
        readonly=False,
        related_sudo=False,
    )
    reminder_customer_default = fields.Boolean(
        related="company_id.reminder_customer_default",
        readonly=False,
        related_sudo=False,
    )
    reminder_operator_default = fields.Boolean(
        related="company_id.reminder_operator_default",
        readonly=False,
        related_sudo=False,
    )
    reminder_default_customer_ids = fields.One2many(
        "crm.task.reminder.default",
        string="Default Reminders for Customers",
        compute="_compute_reminder_default_ids",
        readonly=False,
    )
    reminder_default_operator_ids = fields.One2many(
        "crm.task.reminder.default",
        string="Default Reminders for Operators",
        compute="_compute_reminder_default_ids",
        readonly=False,
    )

    # what the window tells
    reminder_trouble = fields.Char(
        compute="_compute_reminder_trouble", compute_sudo=True
    )
    reminder_mail_warning = fields.Char(
        compute="_compute_reminder_mail_warning", compute_sudo=True
    )
    reminder_sms_status = fields.Char(
        string="SMS for Reminders",
        compute="_compute_reminder_sms_status",
        compute_sudo=True,
    )
    reminder_sms_ready = fields.Boolean(
        compute="_compute_reminder_sms_status", compute_sudo=True
    )

    def _get_reminder_window_company(self):
        """Return the company of the window, one that the user may read.

        A form that is being made over to another company has none for a moment.
        """
        company = self.company_id._origin or self.env.company
        company.sudo(False).check_access("read")
        return company

    # ------------------------------------------------------------------
    # Saving
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        self.browse().check_access("create")
        for vals in vals_list:
            company = self.env["res.company"].browse(vals.get("company_id"))
            self._save_reminder_settings(company or self.env.company, vals)
        return super().create(vals_list)

    def write(self, vals):
        self.check_access("write")
        for company in self.company_id:
            self._save_reminder_settings(company, dict(vals))
        return super().write(self._without_reminder_settings(vals))

    @api.model
    def _save_reminder_settings(self, company, vals):
        """Take the company's reminder settings out of ``vals`` and give them to it."""
        rest = self._without_reminder_settings(vals)
        settings = {name: vals.pop(name) for name in vals.keys() - rest.keys()}
        password = settings.pop("reminder_password", False)
        for audience, _label in AUDIENCES:
            commands = settings.pop(f"reminder_default_{audience}_ids", False)
            if commands:
                self._save_reminder_lines(company, audience, commands)
        if settings or password:
            company._configure_reminders(settings, password)

    @api.model
    def _without_reminder_settings(self, vals):
        """Return ``vals`` without what belongs to the company, and without password."""
        return {
            name: value
            for name, value in vals.items()
            if name not in OWN_SETTINGS and not self._is_reminder_company_setting(name)
        }

    @api.model
    def _is_reminder_company_setting(self, name):
        field = self._fields.get(name)
        related = field and field.related or ""
        return related.startswith("company_id.reminder_") and not field.readonly

    # ------------------------------------------------------------------
    # Defaults: the two tabs
    # ------------------------------------------------------------------

    @api.depends("company_id")
    def _compute_reminder_default_ids(self):
        lines = self.env["crm.task.reminder.default"]
        for settings in self:
            for audience, _label in AUDIENCES:
                company = settings._get_reminder_window_company()
                found = lines._find_company_lines(company, audience)
                settings[f"reminder_default_{audience}_ids"] = found

    @api.model
    def _save_reminder_lines(self, company, audience, commands):
        """Change the company's default lines of a tab, with the user's rights.

        Only what was done to single lines: others may have added some meanwhile.

        :param res.company company:
        :param str audience: ``customer`` or ``operator``
        :param list commands: what the tab's field was given
        """
        company._check_reminder_configurator()
        lines = self.env["crm.task.reminder.default"]
        values = lines._prepare_company_values(company, audience)
        lines = lines._find_company_lines(company, audience)
        for command in commands:
            match [*command]:
                case [Command.CREATE, _id, added]:
                    lines.create({**added, **values})
                case [Command.UPDATE, line_id, changed]:
                    (lines & lines.browse(line_id)).write({**changed, **values})
                case [Command.DELETE | Command.UNLINK, line_id, *_rest]:
                    (lines & lines.browse(line_id)).unlink()
                case [Command.CLEAR, *_rest]:
                    lines.unlink()
                case [Command.SET, _id, line_ids]:
                    (lines - lines.browse(line_ids)).unlink()

    # ------------------------------------------------------------------
    # Sender, e-mail account, SMS
    # ------------------------------------------------------------------

    @api.onchange("reminder_enabled")
    def _onchange_reminder_enabled(self):
        """Propose oneself as the sender."""
        if self.reminder_enabled and not self.reminder_user_id:
            self.reminder_user_id = self.env.user

    @api.depends("reminder_user_id")
    @api.depends_context("uid")
    def _compute_reminder_password_needed(self):
        for settings in self:
            sender = settings.reminder_user_id._origin
            company = settings._get_reminder_window_company()
            # sudo: who may open the window may see who the sender is
            is_sealed = (
                sender == company.sudo().reminder_user_id
                and company._is_reminder_sender_sealed()
            )
            settings.reminder_password_needed = (
                sender and sender != self.env.user and not is_sealed
            )

    @api.depends("company_id")
    def _compute_reminder_trouble(self):
        for settings in self:
            company = settings._get_reminder_window_company()
            settings.reminder_trouble = (
                company.reminder_enabled and company._describe_reminder_trouble()
            )

    @api.depends("reminder_user_id", "reminder_mail_server_id")
    def _compute_reminder_mail_warning(self):
        for settings in self:
            account = settings.reminder_mail_server_id._origin
            sender = settings.reminder_user_id._origin
            settings.reminder_mail_warning = (
                account._get_reminder_warning(sender) if account and sender else ""
            )

    @api.depends("company_id")
    def _compute_reminder_sms_status(self):
        provider = self.env["crm.task.reminder.sms.provider"]
        for settings in self:
            company = settings._get_reminder_window_company()
            is_ready, status = provider._find(company)._get_status(company)
            settings.reminder_sms_ready = is_ready
            settings.reminder_sms_status = status

    # ------------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------------

    def action_authorise_reminder_sender(self):
        """Agree again to be the sender, after a change of the own password."""
        company = self.company_id
        # sudo: who may open the window may see who the sender is
        if company.sudo().reminder_user_id != self.env.user:
            raise AccessError(self.env._("Only the operator can agree to this."))
        company._configure_reminders({})
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("Reminders are sent in your name again."),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def action_open_reminder_sms(self):
        """Open the set-up of the company's SMS provider, for those who may."""
        provider = self.env["crm.task.reminder.sms.provider"]._find(self.company_id)
        return provider._action_open_set_up(self.company_id)
