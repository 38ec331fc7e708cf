from odoo import api, fields, models
from odoo.fields import Domain

DEFAULT_TZ = "UTC"


class ResCompany(models.Model):
    _inherit = "res.company"

    reminder_enabled = fields.Boolean(
        string="Automatic reminders for tasks",
        help="Remind customers, operators and employees of their tasks.",
    )
    reminder_enabled_at = fields.Datetime(
        readonly=True,
        help="Nothing that was due before is sent when the reminders are switched on.",
    )
    reminder_user_id = fields.Many2one(
        "res.users",
        string="Operator",
        domain="[('share', '=', False), ('company_ids', 'in', id)]",
        help="Reminders are written in the name of this user, and only about tasks "
        "that this user may read.",
    )
    reminder_mail_server_id = fields.Many2one(
        "ir.mail_server",
        string="E-mail account",
        domain="[('owner_user_id', 'in', [False, reminder_user_id])]",
        index="btree_not_null",
        ondelete="restrict",
        help="Reminders by e-mail leave through this account.",
    )
    reminder_send_passed = fields.Boolean(
        string="Send late ones at once",
        help="Send a reminder at once when its time has already passed at the moment "
        "it is set. Otherwise it is not sent.",
    )
    reminder_sms_plain = fields.Boolean(
        string="SMS without accents",
        default=True,
        help="Write a, e and l for letters such as ą, ę and ł: an SMS with one of "
        "them has room for 70 characters instead of 160.",
    )
    reminder_hourly_limit = fields.Integer(
        string="Messages per hour",
        help="At most this many reminders leave in an hour, the others follow in the "
        "next one. 0: no limit.",
    )
    reminder_customer_default = fields.Boolean(
        string="Default settings for customers",
        help="New tasks start with these reminders for their customer.",
    )
    reminder_operator_default = fields.Boolean(
        string="Default settings for operators",
        help="New tasks start with these reminders for their assignees and employees.",
    )
    reminder_default_customer_ids = fields.One2many(
        "crm.task.reminder.default",
        "company_id",
        string="Default Reminders for Customers",
        domain=[("audience", "=", "customer")],
    )
    reminder_default_operator_ids = fields.One2many(
        "crm.task.reminder.default",
        "company_id",
        string="Default Reminders for Operators",
        domain=[("audience", "=", "operator")],
    )

    _check_reminder_hourly_limit = models.Constraint(
        "CHECK (reminder_hourly_limit >= 0)",
        "The number of messages per hour can't be negative.",
    )

    # ------------------------------------------------------------------
    # Changes
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies.filtered("reminder_enabled")._note_reminders_enabled()
        companies._create_first_reminder_lines()
        return companies

    def write(self, vals):
        switched_on = self.browse()
        if vals.get("reminder_enabled"):
            switched_on = self.filtered(lambda company: not company.reminder_enabled)
        result = super().write(vals)
        switched_on._note_reminders_enabled()
        return result

    def _note_reminders_enabled(self):
        if self:
            self.reminder_enabled_at = fields.Datetime.now()

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

    def _get_reminder_trouble(self):
        """Return what keeps the company from sending at all.

        :return str | False: a value of the log's ``reason``
        """
        operator = self.reminder_user_id
        is_able = operator.active and not operator.share
        return not (is_able and self in operator.company_ids) and "no_operator"

    def _get_reminder_environment(self, **context):
        """Return an environment with the operator's rights, in this company alone.

        :param context: ``lang`` and ``tz`` of the reader
        """
        return self.env(
            user=self.reminder_user_id,
            su=False,
            context={"allowed_company_ids": self.ids, **context},
        )
