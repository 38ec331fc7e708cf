from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, plaintext2html

DEFAULT_TZ = "UTC"
#: Who may change the reminder settings of the own companies.
CONFIGURATOR_GROUPS = "base.group_system,sales_team.group_sale_manager"
#: Who may read them. Odoo shows the own company to the portal as well.
STAFF = "base.group_user"
#: Fields that limit how much is sent; 0 is no limit.
LIMITS = (
    "reminder_hourly_limit",
    "reminder_address_hourly_limit",
    "reminder_address_daily_limit",
    "reminder_sms_parts",
)
TROUBLE_ACTIVITY = "crm_task_reminder.mail_activity_type_trouble"


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
    reminder_send_passed = fields.Boolean(
        string="Send late ones at once",
        help="Send a reminder at once when its time has already passed at the moment "
        "it is set. Otherwise it is not sent.",
        groups=STAFF,
    )
    reminder_sms_plain = fields.Boolean(
        string="SMS without accents",
        default=True,
        help="Write a, e and l for letters such as ą, ę and ł: an SMS with one of "
        "them has room for 70 characters instead of 160.",
        groups=STAFF,
    )
    reminder_hourly_limit = fields.Integer(
        string="Messages per hour",
        help="At most this many reminders leave in an hour, the others follow in the "
        "next one. 0: no limit.",
        groups=STAFF,
    )
    reminder_address_hourly_limit = fields.Integer(
        string="To one address per hour",
        default=20,
        help="At most this many reminders go to one phone number or e-mail address in "
        "an hour, the others follow later. 0: no limit.",
        groups=STAFF,
    )
    reminder_address_daily_limit = fields.Integer(
        string="To one address per day",
        default=50,
        help="At most this many reminders go to one phone number or e-mail address in "
        "24 hours, the others follow later. 0: no limit.",
        groups=STAFF,
    )
    reminder_sms_parts = fields.Integer(
        string="SMS per reminder",
        default=4,
        help="A longer reminder is cut where the title of the task stands in it, never "
        "in the text of the template. 0: no limit.",
        groups=STAFF,
    )
    reminder_customer_default = fields.Boolean(
        string="Default settings for customers",
        help="New tasks start with these reminders for their customer.",
        groups=STAFF,
    )
    reminder_operator_default = fields.Boolean(
        string="Default settings for operators",
        help="New tasks start with these reminders for their assignees and employees.",
        groups=STAFF,
    )
    reminder_default_customer_ids = fields.One2many(
        "crm.task.reminder.default",
        "company_id",
        string="Default Reminders for Customers",
        domain=[("audience", "=", "customer")],
        groups=STAFF,
    )
    reminder_default_operator_ids = fields.One2many(
        "crm.task.reminder.default",
        "company_id",
        string="Default Reminders for Operators",
        domain=[("audience", "=", "operator")],
        groups=STAFF,
    )

    # ------------------------------------------------------------------
    # Changes
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies.filtered("reminder_enabled")._note_reminders_enabled()
        companies.filtered("reminder_user_id")._seal_reminder_operator()
        companies._create_first_reminder_lines()
        return companies

    def write(self, vals):
        switched_on = switched_off = given_operator = self.browse()
        if vals.get("reminder_enabled"):
            switched_on = self.filtered(lambda company: not company.reminder_enabled)
        elif "reminder_enabled" in vals:
            switched_off = self.filtered("reminder_enabled")
        if "reminder_user_id" in vals:
            operator_id = vals["reminder_user_id"] or False
            given_operator = self.filtered(
                lambda c: c.reminder_user_id.id != operator_id
            )
        result = super().write(vals)
        switched_on._note_reminders_enabled()
        # sudo: whoever may switch the reminders off need not have access to messages
        self.env["crm.task.reminder.log"].sudo()._drop_queued(switched_off)
        given_operator._seal_reminder_operator()
        if "resource_calendar_id" in vals:
            self._recount_reminders()
        return result

    def _recount_reminders(self):
        """Count days and weeks anew in the companies' present time zone."""
        # sudo: whoever edits a company need not have access to its reminders
        self.env["crm.task.reminder"].sudo()._recount_days(self)

    def _note_reminders_enabled(self):
        if self:
            self.reminder_enabled_at = fields.Datetime.now()

    @api.constrains(*LIMITS)
    def _check_reminder_limits(self):
        for company in self:
            for name in LIMITS:
                if company[name] < 0:
                    label = company._fields[name]._description_string(self.env)
                    raise ValidationError(self.env._("“%s” can't be negative.", label))

    @api.constrains("reminder_mail_server_id", "reminder_user_id")
    def _check_reminder_mail_server(self):
        for company in self:
            # sudo: e-mail accounts are the administrators' to read
            account = company.sudo().reminder_mail_server_id
            if account and not account.active:
                raise ValidationError(
                    self.env._("The e-mail account “%s” is archived.", account.name)
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

    @api.model
    def _create_first_reminder_lines_everywhere(self):
        """Give the companies that exist at the installation their first lines."""
        # every company, once, when the addon is installed
        companies = self.with_context(active_test=False).search(Domain.TRUE)
        companies._create_first_reminder_lines()

    def _create_first_reminder_lines(self):
        """Prepare one SMS line per audience; it applies once its switch is on."""
        # sudo: whoever may create a company need not have a say in its reminders
        lines = self.env["crm.task.reminder.default"].sudo()
        lines.create(lines._prepare_first_lines(self))

    # ------------------------------------------------------------------
    # What the rest of the addon asks a company
    # ------------------------------------------------------------------

    @api.model
    def _get_reminder_companies(self):
        """Return the companies whose automat is on."""
        return self.search([("reminder_enabled", "=", True)])

    def _get_reminder_defaults(self, audience):
        """Return the lines that new tasks of the company start with.

        :param str audience: ``customer`` or ``operator``
        :return crm.task.reminder.default: empty when the audience's switch is off
        """
        # sudo: whoever creates a task gets its reminders, also on the portal
        company = self.sudo()
        lines = company[f"reminder_default_{audience}_ids"]
        return lines if company[f"reminder_{audience}_default"] else lines.browse()

    def _prepare_reminder_proposals(self, audience):
        """Return the lines for a task on which a person switches the reminders on.

        :param str audience: ``customer`` or ``operator``
        :return list[dict]: values for ``create`` without the task
        """
        # sudo: whoever may edit a task may use what the company has prepared
        lines = self.sudo()[f"reminder_default_{audience}_ids"]
        if lines:
            return lines._prepare_reminders()
        return [lines._prepare_first_line(audience)]

    def _get_reminder_tz(self):
        """Return the name of the zone in which the company counts days."""
        # sudo: not everybody may read working calendars
        return self.sudo().resource_calendar_id.tz or DEFAULT_TZ

    def _get_reminder_environment(self, **context):
        """Return an environment with the operator's rights, in this company alone.

        :param context: ``lang`` and ``tz`` of the reader
        """
        return self.env(
            user=self.reminder_user_id,
            su=False,
            context={"allowed_company_ids": self.ids, **context},
        )

    def _take_reminder_turn(self):
        """Let one worker at a time do what takes account of the others.

        It lasts until the end of the transaction. To be called under ``retry``: a
        worker that does not see yet what another has done in its turn gets a conflict.

        :return bool: whether it is one's turn; another worker has it otherwise
        """
        query = SQL(
            """
            UPDATE res_company
               SET reminder_hourly_limit = reminder_hourly_limit
             WHERE id IN (
                   SELECT id
                     FROM res_company
                    WHERE id = %s
                      FOR NO KEY UPDATE SKIP LOCKED
             )
         RETURNING id
            """,
            self.id,
        )
        return bool(self.env.execute_query(query))

    # ------------------------------------------------------------------
    # The window: who may change what, and the operator's authorisation
    # ------------------------------------------------------------------

    def _configure_reminders(self, settings, password=False):
        """Change the company's reminder settings in the name of the current user.

        :param dict settings: values of the company's reminder fields
        :param str password: the operator's, where one has to be entered; never stored
        :raise AccessError: the user may not configure this company
        :raise UserError: the operator's password is missing or wrong
        """
        self.ensure_one()
        self._check_reminder_configurator()
        # sudo: a CRM manager has no say in the rest of a company
        company = self.sudo()
        operator = company.reminder_user_id
        company.write(settings)
        is_changed = company.reminder_user_id != operator
        company._authorise_reminder_operator(password, is_required=is_changed)
        if not company.reminder_enabled or not company._get_reminder_trouble():
            company._end_reminder_trouble()

    def _check_reminder_configurator(self):
        user = self.env.user
        if self.env.su and user._is_superuser():
            return
        if not self <= user.company_ids or not user.has_groups(CONFIGURATOR_GROUPS):
            raise AccessError(
                self.env._("You may not change the reminder settings of this company.")
            )

    def _seal_reminder_operator(self):
        """Take note that the operator agrees, where no password is needed for it.

        That is, the user chooses oneself, or Odoo itself does it, as when data are
        loaded. Everybody else has to enter the password, see ``_configure_reminders``.
        """
        # sudo: the seal is nobody's to read or write
        for company in self.sudo():
            operator = company.reminder_user_id
            is_agreed = self.env.uid in (SUPERUSER_ID, operator.id)
            company.reminder_seal = (
                operator and is_agreed and operator._get_reminder_seal(company)
            )

    def _authorise_reminder_operator(self, password, is_required):
        """Seal the company's operator with the password or without, where that will do.

        :param str password: the operator's; may be empty
        :param bool is_required: whether to insist on the password
        :raise UserError: it is wrong, or missing although required
        """
        operator = self.reminder_user_id
        if not operator or self._is_reminder_operator_sealed() and not password:
            return
        if operator == self.env.user:
            self._seal_reminder_operator()
        elif password:
            operator._check_reminder_password(self, password)
            self.reminder_seal = operator._get_reminder_seal(self)
        elif operator._get_reminder_password_hash():
            if is_required:
                raise UserError(
                    self.env._("Enter the password of %s, the operator.", operator.name)
                )
        elif self.env.user.has_group("base.group_system"):
            self.reminder_seal = operator._get_reminder_seal(self)
        elif is_required:
            raise UserError(
                self.env._(
                    "%s signs in without a password of Odoo. Only this user or an "
                    "administrator can make it the operator.",
                    operator.name,
                )
            )

    def _is_reminder_operator_sealed(self):
        """Tell whether the operator has agreed and not changed the password since."""
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
        if not trouble and not self._is_reminder_operator_sealed():
            return "operator_password"
        return trouble

    def _describe_reminder_trouble(self):
        """Return in words what keeps the company from sending, if anything does."""
        reasons = self.env["crm.task.reminder.log"]._fields["reason"]
        labels = dict(reasons._description_selection(self.env))
        return labels.get(self._get_reminder_trouble(), "")

    def _describe_reminder_obstacle(self):
        """Return in words what keeps the service from sending for the company."""
        # sudo: whoever asks need not read the scheduled actions
        workers = self.env["ir.cron"].sudo()._get_reminder_workers()
        if not any(workers.mapped("active")):
            return self.env._("The service that sends reminders is switched off.")
        return self._describe_reminder_trouble()

    def _note_reminder_trouble(self):
        """Give an administrator one activity about what keeps the company from sending.

        It stays one, with the present reason, until the trouble is over.
        """
        activities = self.partner_id.activity_search([TROUBLE_ACTIVITY])
        reader = activities.user_id[:1] or self._get_reminder_administrator()
        company = self.with_context(lang=reader.lang, mail_activity_quick_update=True)
        note = company._prepare_reminder_trouble_note()
        activities.note = note
        if reader and not activities:
            company.partner_id.activity_schedule(
                TROUBLE_ACTIVITY, note=note, user_id=reader.id
            )

    def _prepare_reminder_trouble_note(self):
        text = self.env._(
            "No reminders of tasks are sent for %(company)s: %(reason)s.",
            company=self.name,
            reason=self._describe_reminder_trouble(),
        )
        return plaintext2html(text)

    def _end_reminder_trouble(self):
        """Remove the activity about what kept the company from sending."""
        self.partner_id.activity_unlink([TROUBLE_ACTIVITY])

    def _get_reminder_administrator(self):
        """Return the administrator who is told of trouble, one of the company first."""
        administrators = self.env.ref("base.group_system").all_user_ids
        administrators = administrators.filtered("active").sorted("id")
        own = administrators.filtered(lambda user: self in user.company_ids)
        return (own or administrators)[:1]
