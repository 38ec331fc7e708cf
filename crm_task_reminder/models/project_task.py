import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import posix_to_ldml
from odoo.tools.misc import babel_locale_parse, get_lang

from ..tools import dates, schedule
from ..tools.delivery import Recipient
from ..tools.errors import ReminderError

#: The seconds in a language's format of the time, with the sign before them.
SECONDS = re.compile(r"[:.]?%S")

GROUPS = "project.group_project_user"


class ProjectTask(models.Model):
    _name = "project.task"
    # hr.mixin: who may not read employees may choose them all the same
    _inherit = ["hr.mixin", "project.task"]

    planned_date_begin = fields.Datetime(
        string="Start",
        tracking=True,
        copy=False,
        help="When the task starts. Reminders are counted back from here.",
    )
    reminder_company_id = fields.Many2one(
        "res.company",
        compute="_compute_reminder_company_id",
        compute_sudo=True,
        help="The company in whose name this task's reminders are sent.",
    )
    reminder_enabled = fields.Boolean(
        string="Automatic reminders",
        compute="_compute_reminder_company_id",
        compute_sudo=True,
        help="Whether the company's automat is on.",
    )
    reminder_start = fields.Char(
        string="Start, as the Reader Reads It",
        compute="_compute_reminder_start",
        compute_sudo=True,  # not for more rights: else they are asked for each task
        help="The start in the language and time zone of the reader; for templates.",
    )
    reminder_customer_name = fields.Char(
        string="How to Address the Customer",
        compute="_compute_reminder_customer_name",
        compute_sudo=True,  # whoever reads a task sees its customer's name
        help="The customer's name, its firm's where it is an address without one; for "
        "templates.",
    )
    reminder_contact = fields.Char(
        string="Contact for Questions",
        compute="_compute_reminder_contact",
        compute_sudo=True,  # a company's phone number and address are no secret
        help="The company's phone, else its e-mail address or name; for templates.",
    )
    reminder_ids = fields.One2many(
        "crm.task.reminder", "task_id", copy=False, groups=GROUPS
    )
    reminder_preset_company_id = fields.Many2one(
        "res.company",
        compute="_compute_reminder_preset_company_id",
        groups=GROUPS,
        help="The company that the lines of a new task were taken from.",
    )
    reminder_customer_ids = fields.One2many(
        "crm.task.reminder",
        "task_id",
        string="Reminders for Customers",
        domain=[("audience", "=", "customer")],
        compute="_compute_reminder_customer_ids",
        store=True,
        readonly=False,
        copy=True,
        groups=GROUPS,
    )
    reminder_operator_ids = fields.One2many(
        "crm.task.reminder",
        "task_id",
        string="Reminders for Operators",
        domain=[("audience", "=", "operator")],
        compute="_compute_reminder_operator_ids",
        store=True,
        readonly=False,
        copy=True,
        groups=GROUPS,
    )
    reminder_phone = fields.Char(
        string="Phone for Reminders",
        compute="_compute_reminder_phone",
        store=True,
        readonly=False,
        groups=GROUPS,
        help="The customer is reminded at this number instead of its own.",
    )
    reminder_employee_ids = fields.Many2many(
        "hr.employee",
        string="Employees to Remind",
        # an archived one is not reminded, but the log is to say so
        context={"active_test": False},
        groups=GROUPS,
        help="Employees who are reminded like assignees, with or without a user.",
    )
    reminder_excluded_user_ids = fields.Many2many(
        "res.users",
        "project_task_reminder_excluded_user_rel",
        "task_id",
        "user_id",
        string="Assignees Not to Remind",
        groups=GROUPS,
    )

    # ------------------------------------------------------------------
    # Fields
    # ------------------------------------------------------------------

    @api.depends("company_id", "reminder_ids.company_id")
    @api.depends_context("company")
    def _compute_reminder_company_id(self):
        for task in self:
            company = task._get_reminder_company()
            task.reminder_company_id = company
            task.reminder_enabled = company.reminder_enabled

    def _get_reminder_company(self):
        """Return the task's company, else one that sends reminders of it.

        That is the reader's own where several do so, else the one it was made in.
        """
        self.ensure_one()
        # sudo: portal users have tasks, but no access to reminders
        task = self.sudo()
        if task.company_id:
            return task.company_id
        companies = task.reminder_ids.company_id
        own = companies & self.env.company
        return own or companies[:1] or self.env.company

    @api.depends("planned_date_begin", "reminder_company_id")
    @api.depends_context("lang", "tz", "uid")
    def _compute_reminder_start(self):
        lang = get_lang(self.env)
        locale = babel_locale_parse(lang.code)
        time_format = SECONDS.sub("", lang.time_format)
        time_pattern = posix_to_ldml(time_format, locale=locale)
        wanted = self.env.context.get("tz"), self.env.user.tz
        for (start, company), tasks in self.grouped(
            lambda task: (task.planned_date_begin, task.reminder_company_id)
        ).items():
            tz = schedule.pick_zone(*wanted, company._get_reminder_tz())
            tasks.reminder_start = start and self._format_reminder_start(
                start, company, tz, time_pattern, locale
            )

    @api.model
    def _format_reminder_start(self, start, company, tz, time_pattern, locale):
        """Return a start with its weekday, and its zone where that has to be told."""
        now = schedule.to_local(fields.Datetime.now(), tz)
        local = schedule.to_local(start, tz).replace(tzinfo=None)
        text = dates.format_day_and_time(local, time_pattern, locale, now.year)
        zone = self._get_reminder_zone_name(start, company, tz)
        return f"{text} ({zone})" if zone else text

    @api.model
    def _get_reminder_zone_name(self, start, company, tz):
        """Return how to call the zone ``tz`` where its time is not the company's."""
        local = schedule.to_local(start, tz)
        company_local = schedule.to_local(start, company._get_reminder_tz())
        if local.utcoffset() == company_local.utcoffset():
            return ""
        return tz.rpartition("/")[2].replace("_", " ")

    @api.depends("partner_id.name", "partner_id.commercial_partner_id.name")
    def _compute_reminder_customer_name(self):
        for task in self:
            partner = task.partner_id
            firm = partner.commercial_partner_id
            task.reminder_customer_name = (
                partner.name or firm.name or partner.display_name
            )

    @api.depends("reminder_company_id")
    def _compute_reminder_contact(self):
        for task in self:
            company = task.reminder_company_id
            task.reminder_contact = company.phone or company.email or company.name

    # The lines are computed so that the form shows them before a task is saved. They
    # depend on what is set once, when a task is created: after that it keeps its lines.
    @api.depends("create_uid")
    def _compute_reminder_customer_ids(self):
        self._preset_reminders("customer")

    @api.depends("create_uid")
    def _compute_reminder_operator_ids(self):
        self._preset_reminders("operator")

    @api.depends("partner_id")
    def _compute_reminder_phone(self):
        """Forget a number with the customer it was chosen for."""
        self.reminder_phone = False

    def _preset_reminders(self, audience):
        """Give new tasks the lines that their company has set for an audience."""
        for task in self:
            company = task._get_reminder_company()
            lines = company._get_reminder_defaults(audience)
            # sudo: who creates a task, as by the portal, need not read the settings
            if not company.sudo().reminder_enabled:
                lines = lines.browse()
            task[f"reminder_{audience}_ids"] = [
                fields.Command.clear(),
                *map(fields.Command.create, lines._prepare_reminders()),
            ]

    @api.depends("create_uid")
    def _compute_reminder_preset_company_id(self):
        for task in self:
            task.reminder_preset_company_id = task._get_reminder_company()

    @api.onchange("project_id", "company_id")
    def _onchange_company_preset_reminders(self):
        """Take what another company has set, once the new task is found to be its."""
        for task in self.filtered(lambda task: not task._origin):
            company = task._get_reminder_company()
            if company != task.reminder_preset_company_id:
                task.reminder_preset_company_id = company
                task._compute_reminder_customer_ids()
                task._compute_reminder_operator_ids()

    @api.constrains("reminder_phone", "partner_id")
    def _check_reminder_phone(self):
        for task in self.filtered("reminder_phone"):
            if not task._format_reminder_phone():
                raise ValidationError(
                    self.env._(
                        "“%s” is not a phone number that a reminder can be sent to.",
                        task.reminder_phone,
                    )
                )

    def _format_reminder_phone(self):
        return self.browse()._phone_format(
            number=self.reminder_phone, country=self._get_reminder_country()
        )

    def _get_reminder_country(self):
        """Return the country that the customer's number without a prefix belongs to."""
        return self.partner_id.country_id or self._get_reminder_company().country_id

    # ------------------------------------------------------------------
    # Rights
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        tasks = super().create(vals_list)
        tasks._check_employee_access(self.env["hr.employee"])
        return tasks

    def write(self, vals):
        # sudo: also the employees that the user does not see
        before = self.sudo().reminder_employee_ids
        result = super().write(vals)
        if "reminder_employee_ids" in vals:
            self._check_employee_access(before)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_reminders_first(self):
        """Delete the reminders before the tasks.

        PostgreSQL would do both in one go, in an order that may be another one in a
        restored database. In one order it refuses: the log refers to both.
        """
        # sudo: whoever may delete a task need not have access to its reminders
        self.sudo().reminder_ids.unlink()

    def _check_employee_access(self, before):
        """Refuse employees that the user may not see: ``hr.mixin`` lets all through.

        :param hr.employee before: who was chosen before
        """
        # sudo: also the employees that the user does not see
        added = self.sudo().reminder_employee_ids - before
        if added and not self.env.su:
            self.env["hr.employee.public"].browse(added.ids).check_access("read")

    @api.model
    def mail_allowed_qweb_expressions(self):
        """Let everybody who writes templates use what is meant for them.

        Odoo also fills such expressions in without compiling them for each task.
        """
        return (
            *super().mail_allowed_qweb_expressions(),
            "object.reminder_start",
            "object.reminder_customer_name",
            "object.reminder_contact",
            "object.reminder_company_id.name",
        )

    # ------------------------------------------------------------------
    # Conditions
    # ------------------------------------------------------------------

    def _wants_reminders(self, audience):
        """Tell whether an audience is to be reminded of the task at all.

        :param str audience: ``customer`` or ``operator``
        """
        self.ensure_one()
        return not self[f"reminder_{audience}_off"] and self._is_remindable()

    def _is_remindable(self):
        """Tell whether the task is one that somebody is to be reminded of."""
        self.ensure_one()
        return (
            self.active
            and not self.is_closed
            and not self.has_template_ancestor
            and not self.project_id.is_template
        )

    def _is_last_by_start(self):
        """Tell whether the next occurrence would start after the recurrence's end."""
        self.ensure_one()
        # sudo: on the portal tasks are closed by who does not see their start
        task = self.sudo()
        recurrence = task.recurrence_id
        if recurrence.repeat_type != "until" or task.date_deadline:
            return False
        if not task.planned_date_begin or not recurrence.repeat_until:
            return False
        tz = task._get_reminder_company()._get_reminder_tz()
        start = schedule.to_local(recurrence._postpone_start(task), tz)
        return start.date() > recurrence.repeat_until

    # ------------------------------------------------------------------
    # Recipients
    # ------------------------------------------------------------------

    def _get_reminder_recipients(self, audience, company):
        """Return whom a reminder goes to.

        :param str audience: ``customer`` or ``operator``
        :param res.company company: whose language, zone and country fill the gaps
        :return list[Recipient]:
        :raise ReminderError: when there is nobody
        """
        self.ensure_one()
        get_recipients = {
            "customer": self._get_customer_recipients,
            "operator": self._get_operator_recipients,
        }[audience]
        recipients = get_recipients(company)
        if not recipients:
            raise ReminderError("no_recipient")
        return recipients

    def _get_customer_recipients(self, company):
        partner = self.partner_id
        if not partner:
            return []
        phone = self.reminder_phone or partner.phone
        tz = self._get_customer_tz()
        return [self._make_recipient(company, partner, phone=phone, zones=[tz])]

    def _get_customer_tz(self):
        """Return the customer's zone, False where it is none of its country's.

        Odoo gives a contact the zone of whoever enters it.
        """
        partner = self.partner_id
        tz = schedule.pick_zone(partner.tz)
        is_local = schedule.is_zone_of_country(tz, partner.country_id.code)
        return is_local and partner.tz

    def _get_operator_recipients(self, company):
        # _origin: an unsaved form asks too, to show who will be reminded
        employees = self.reminder_employee_ids._origin
        users = (self.user_ids - self.reminder_excluded_user_ids)._origin
        users -= employees.user_id
        return [self._make_user_recipient(company, user) for user in users] + [
            self._make_employee_recipient(company, employee) for employee in employees
        ]

    def _make_user_recipient(self, company, user):
        employee = user.with_company(company).employee_id
        return self._make_recipient(
            company,
            user.partner_id,
            phone=employee.mobile_phone or employee.work_phone,
            zones=[user.partner_id.tz],
            active=user.active,
        )

    def _make_employee_recipient(self, company, employee):
        partner = employee.user_partner_id or employee.work_contact_id
        return self._make_recipient(
            company,
            partner,
            name=employee.name,
            email=employee.work_email,
            phone=employee.mobile_phone or employee.work_phone,
            zones=[partner.tz, employee.tz],
            active=employee.active,
        )

    def _make_recipient(
        self, company, partner, name="", email="", phone="", zones=(), active=True
    ):
        """Return a recipient; the partner, then the company fill what is not given."""
        return Recipient(
            # of an address of a firm without a name of its own: the firm and what it is
            name=name or partner.name or partner.display_name,
            partner=partner,
            email=email or partner.email,
            phone=phone or partner.phone,
            country=partner.country_id or company.country_id,
            lang=self._get_reminder_lang(partner.lang, company.partner_id.lang),
            tz=schedule.pick_zone(*zones, company._get_reminder_tz()),
            active=active and (partner.active or not partner),
        )

    @api.model
    def _get_reminder_lang(self, *codes):
        """Return the first of the language codes that is installed, else English."""
        installed = dict(self.env["res.lang"].get_installed())
        return next((code for code in codes if code in installed), "en_US")
