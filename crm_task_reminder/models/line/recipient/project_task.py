from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ....tools.delivery import Recipient
from ....tools.errors import ReminderError
from ..project_task import GROUPS


class ProjectTask(models.Model):
    """Whom a task's reminders go to."""

    _name = "project.task"
    # hr.mixin: lets users choose employees whom they may not read
    _inherit = ["hr.mixin", "project.task"]

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
        # shows archived ones: they are not reminded, and the log says so
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

    @api.depends("partner_id")
    def _compute_reminder_phone(self):
        """Forget a number with the customer it was chosen for."""
        self.reminder_phone = False

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
        tasks._check_reminder_employee_access(self.env["hr.employee"])
        return tasks

    def write(self, vals):
        # sudo: also the employees that the user does not see
        before = self.sudo().reminder_employee_ids
        result = super().write(vals)
        if "reminder_employee_ids" in vals:
            self._check_reminder_employee_access(before)
        return result

    def _check_reminder_employee_access(self, before):
        """Refuse employees that the user may not see: ``hr.mixin`` lets all through.

        :param hr.employee before: who was chosen before
        """
        # sudo: also the employees that the user does not see
        added = self.sudo().reminder_employee_ids - before
        if added and not self.env.su:
            self.env["hr.employee.public"].browse(added.ids).check_access("read")

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
            "customer": self._get_reminder_customer_recipients,
            "operator": self._get_reminder_operator_recipients,
        }[audience]
        recipients = get_recipients(company)
        if not recipients:
            raise ReminderError("no_recipient")
        return recipients

    def _get_reminder_customer_recipients(self, company):
        partner = self.partner_id
        if not partner:
            return []
        phone = self.reminder_phone or partner.phone
        return [self._make_reminder_recipient(company, partner, phone=phone)]

    def _get_reminder_operator_recipients(self, company):
        # _origin: in an unsaved form the records are new ones without data of their own
        employees = self.reminder_employee_ids._origin
        users = (self.user_ids - self.reminder_excluded_user_ids)._origin
        users -= employees.user_id
        return [self._make_reminder_user_recipient(company, user) for user in users] + [
            self._make_reminder_employee_recipient(company, employee)
            for employee in employees
        ]

    def _make_reminder_user_recipient(self, company, user):
        employee = user.with_company(company).employee_id
        return self._make_reminder_recipient(
            company,
            user.partner_id,
            phone=employee.mobile_phone or employee.work_phone,
            active=user.active,
        )

    def _make_reminder_employee_recipient(self, company, employee):
        return self._make_reminder_recipient(
            company,
            employee.user_partner_id or employee.work_contact_id,
            name=employee.name,
            email=employee.work_email,
            phone=employee.mobile_phone or employee.work_phone,
            tz=employee.tz,
            active=employee.active,
        )

    def _make_reminder_recipient(
        self, company, partner, name="", email="", phone="", tz="", active=True
    ):
        """Return a recipient; the partner, then the company fill what is not given."""
        return Recipient(
            name=name or partner.name,
            partner=partner,
            email=email or partner.email,
            phone=phone or partner.phone,
            country=partner.country_id or company.country_id,
            lang=self._get_reminder_lang(partner.lang, company.partner_id.lang),
            tz=partner.tz or tz or company._get_reminder_tz(),
            active=active and (partner.active or not partner),
        )

    @api.model
    def _get_reminder_lang(self, *codes):
        """Return the first of the language codes that is installed, else English."""
        installed = dict(self.env["res.lang"].get_installed())
        return next((code for code in codes if code in installed), "en_US")
