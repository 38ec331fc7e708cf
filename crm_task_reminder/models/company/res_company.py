from babel.numbers import format_decimal

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...tools import schedule
from ...tools.language import get_reader_locale

#: Who may change the reminder settings of the own companies.
CONFIGURATOR_GROUPS = "base.group_system,sales_team.group_sale_manager"
#: Who may read them. Odoo shows the own company to the portal as well.
STAFF = "base.group_user"
#: The largest number of what may be sent; a column of the database holds twice that.
LARGEST_LIMIT = 1_000_000_000


class ResCompany(models.Model):
    _inherit = "res.company"

    reminder_enabled = fields.Boolean(
        string="Automatic reminders for tasks",
        help="Remind customers, operators and employees of their tasks.",
        groups=STAFF,
    )
    reminder_enabled_at = fields.Datetime(
        readonly=True,
        help="Nothing that was due before is sent when the reminders are switched on.",
        groups=STAFF,
    )
    reminder_user_id = fields.Many2one(
        "res.users",
        string="Operator",
        domain="[('share', '=', False), ('company_ids', 'in', id)]",
        help="Reminders are written in the name of this user, and only about tasks "
        "that this user may read.",
        groups=STAFF,
    )
    reminder_seal = fields.Char(
        string="Operator's Authorisation",
        copy=False,
        groups=fields.NO_ACCESS,
        help="Ends with a change of the operator's password.",
    )
    reminder_mail_server_id = fields.Many2one(
        "ir.mail_server",
        string="E-mail account",
        domain="[('owner_user_id', 'in', [False, reminder_user_id])]",
        index="btree_not_null",
        ondelete="restrict",
        help="Reminders by e-mail leave through this account.",
        groups=STAFF,
    )

    # ------------------------------------------------------------------
    # Changes
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies.filtered("reminder_enabled")._note_reminders_enabled()
        companies.filtered("reminder_user_id")._seal_reminder_sender()
        return companies

    def write(self, vals):
        switched_on = given_sender = self.browse()
        if vals.get("reminder_enabled"):
            switched_on = self.filtered(lambda company: not company.reminder_enabled)
        if "reminder_user_id" in vals:
            sender_id = vals["reminder_user_id"] or False
            given_sender = self.filtered(lambda c: c.reminder_user_id.id != sender_id)
        result = super().write(vals)
        switched_on._note_reminders_enabled()
        given_sender._seal_reminder_sender()
        return result

    def _note_reminders_enabled(self):
        if self:
            self.reminder_enabled_at = fields.Datetime.now()

    @api.model
    def _get_reminder_limits(self):
        """Return the names of fields that limit how much is sent; 0 is no limit."""
        return []

    @api.constrains(lambda self: self._get_reminder_limits())
    def _check_reminder_limits(self):
        locale = get_reader_locale(self.env)
        for company in self:
            for name in company._get_reminder_limits():
                label = company._fields[name]._description_string(self.env)
                if company[name] < 0:
                    raise ValidationError(self.env._("“%s” can't be negative.", label))
                if company[name] > LARGEST_LIMIT:
                    raise ValidationError(
                        self.env._(
                            "“%(name)s” can be at most %(number)s.",
                            name=label,
                            number=format_decimal(LARGEST_LIMIT, locale=locale),
                        )
                    )

    @api.constrains("reminder_mail_server_id", "reminder_user_id")
    def _check_reminder_mail_server(self):
        for company in self:
            # sudo: e-mail accounts are the administrators' to read
            account = company.sudo().reminder_mail_server_id
            if account and not account.active:
                raise ValidationError(
                    self.env._(
                        "The e-mail account “%s” is archived. Choose another one.",
                        account.name,
                    )
                )
            if account.owner_user_id - company.reminder_user_id:
                raise ValidationError(
                    self.env._(
                        "The e-mail account “%(account)s” belongs to %(owner)s. Choose "
                        "one of the operator's own or one that belongs to nobody.",
                        account=account.name,
                        owner=account.owner_user_id.name,
                    )
                )

    # ------------------------------------------------------------------
    # What the rest of the addon asks a company
    # ------------------------------------------------------------------

    def _get_reminder_tz(self):
        """Return the name of the zone in which the company counts days."""
        # sudo: not everybody may read working calendars
        return schedule.pick_zone(self.sudo().resource_calendar_id.tz)

    def _get_reminder_environment(self, **context):
        """Return an environment with the sender's rights, in this company alone.

        :param context: ``lang`` and ``tz`` of the reader
        """
        return self.env(
            user=self.reminder_user_id,
            su=False,
            context={"allowed_company_ids": self.ids, **context},
        )

    # ------------------------------------------------------------------
    # The window: who may change what, and the sender's authorisation
    # ------------------------------------------------------------------

    def _configure_reminders(self, settings, password=False):
        """Change the company's reminder settings in the name of the current user.

        :param dict settings: values of the company's reminder fields
        :param str password: the sender's, where one has to be entered; never stored
        :raise AccessError: the user may not configure this company
        :raise UserError: the sender's password is missing or wrong, or something that
            has to be set
        """
        self.ensure_one()
        self._check_reminder_configurator()
        self._check_required_reminder_settings(settings)
        # sudo: a CRM manager has no say in the rest of a company
        company = self.sudo()
        sender = company.reminder_user_id
        company.write(settings)
        is_changed = company.reminder_user_id != sender
        company._authorise_reminder_sender(password, is_required=is_changed)

    def _check_required_reminder_settings(self, settings):
        """Refuse what the database would refuse: its error has the company's whole row.

        A window marks these fields; over the API nothing does.

        :param dict settings: values of the company's reminder fields
        """
        for name, value in settings.items():
            field = self._fields[name]
            if field.required and (value is False or value in (None, "")):
                label = field._description_string(self.env)
                raise UserError(self.env._("“%s” can't be empty.", label))

    def _check_reminder_configurator(self):
        user = self.env.user
        if self.env.su and user._is_superuser():
            return
        if not self <= user._get_reminder_companies() or not user.has_groups(
            CONFIGURATOR_GROUPS
        ):
            raise AccessError(
                self.env._("You may not change the reminder settings of this company.")
            )

    def _seal_reminder_sender(self):
        """Seal the sender where no password is needed for it, else remove the seal.

        None is needed when users choose themselves, or when the superuser does it, as
        when data are loaded. Everybody else has to enter the sender's password, see
        ``_configure_reminders``.
        """
        # sudo: the seal is nobody's to read or write
        for company in self.sudo():
            sender = company.reminder_user_id
            is_agreed = self.env.uid in (SUPERUSER_ID, sender.id)
            company.reminder_seal = (
                sender and is_agreed and sender._get_reminder_seal(company)
            )

    def _authorise_reminder_sender(self, password, is_required):
        """Seal the company's sender, by the password unless none is needed.

        :param str password: the sender's; may be empty
        :param bool is_required: whether to insist on the password
        :raise UserError: it is wrong, or missing although required
        """
        sender = self.reminder_user_id
        if not sender or self._is_reminder_sender_sealed() and not password:
            return
        if sender == self.env.user:
            self._seal_reminder_sender()
        elif password:
            sender._check_reminder_password(self, password)
            self.reminder_seal = sender._get_reminder_seal(self)
        elif sender._get_reminder_password_hash():
            if is_required:
                raise UserError(
                    self.env._("Enter the password of %s, the operator.", sender.name)
                )
        elif self.env.user.has_group("base.group_system"):
            self.reminder_seal = sender._get_reminder_seal(self)
        elif is_required:
            raise UserError(
                self.env._(
                    "%s signs in without a password of Odoo. Only this user or an "
                    "administrator can make it the operator.",
                    sender.name,
                )
            )

    def _is_reminder_sender_sealed(self):
        """Tell whether the sender has agreed and not changed the password since."""
        # sudo: nobody may read the seal
        company = self.sudo()
        return company.reminder_user_id._check_reminder_seal(
            company, company.reminder_seal
        )

    # ------------------------------------------------------------------
    # What keeps the company from sending
    # ------------------------------------------------------------------

    def _get_reminder_trouble(self):
        """Return what keeps the company from sending at all.

        :return str | False: a value of the log's ``reason``
        """
        self.ensure_one()
        trouble = self.reminder_user_id._get_reminder_trouble(self)
        if not trouble and not self._is_reminder_sender_sealed():
            return "operator_password"
        return trouble
