from dataclasses import replace

from odoo import api, fields, models
from odoo.fields import Command

from ....tools import schedule
from ....tools.delivery import Recipient
from ....tools.errors import ReminderError
from ..project_task import GROUPS

#: What the lines of all companies that remind of a task have in common, per audience.
SHARED_SETTINGS = {
    "customer": {"reminder_phone", "reminder_customer_off"},
    "operator": {
        "reminder_employee_ids",
        "reminder_excluded_user_ids",
        "reminder_operator_off",
    },
}


class ProjectTask(models.Model):
    """Whom a task's reminders go to."""

    _name = "project.task"
    # hr.mixin: lets users choose employees whom they may not read
    _inherit = ["hr.mixin", "project.task"]

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

    # ------------------------------------------------------------------
    # Rights
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        tasks = super().create(vals_list)
        tasks._check_reminder_employee_access(self.env["hr.employee"])
        return tasks

    def write(self, vals):
        before = self.env["hr.employee"]
        if "reminder_employee_ids" in vals:
            # sudo: also the employees that the user does not see
            before = self.sudo().reminder_employee_ids
        former = self._get_reminder_settings(vals)
        # sudo: as the settings
        customers = {task: task.partner_id for task in self.sudo() if former}
        result = super().write(vals)
        # whoever moves tasks to another company is asked now, not who happens to flush
        self.env["crm.task.reminder"]._recompute_model(["company_id"])
        if "reminder_employee_ids" in vals:
            self._check_reminder_employee_access(before)
        if "user_ids" in vals:
            self._forget_unassigned_reminder_users()
        for (task, audience, name), value in self._get_reminder_settings(vals).items():
            # a number goes with its customer, and who the customer is is the task's own
            is_gone = (name, value) == ("reminder_phone", False)
            if is_gone and task.partner_id != customers[task]:
                continue
            if value != former[task, audience, name]:
                task._get_reminder_lines(audience)._check_company_access()
        return result

    def _forget_unassigned_reminder_users(self):
        """Leave nobody out who is not assigned: assigned again, one is to be reminded.

        While somebody is not assigned, no screen shows that one was left out.
        """
        # sudo: whoever assigns people need not have access to who is left out
        for task in self.sudo():
            gone = task.reminder_excluded_user_ids - task.user_ids
            if gone:
                commands = [Command.unlink(user.id) for user in gone]
                task.reminder_excluded_user_ids = commands

    def _get_reminder_settings(self, vals):
        """Return what the tasks have in fields that say whether and whom to remind.

        Those of all companies that remind of a task share them.

        :param dict vals: as ``write`` gets them; fields that it does not have are left
            out
        :return dict: (task as superuser, audience, name of the field) → value
        """
        if self.env.su:
            return {}
        return {
            (task, audience, name): task[name]
            # sudo: also the employees that the user does not see
            for task in self.sudo()
            for audience, shared in SHARED_SETTINGS.items()
            for name in shared & vals.keys()
        }

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

    def _read_reminder_operators(self, company):
        """Read at once what is needed to tell the operators of many tasks.

        :param res.company company: as of ``_get_reminder_recipients``
        """
        users = self.user_ids.with_company(company)
        employees = self.reminder_employee_ids
        people = users.partner_id | employees.user_partner_id
        people = (people | employees.work_contact_id).with_env(self.env)
        # each reads, or works out, a field of all its records
        people.mapped("tz")
        (users.employee_id | employees).with_env(self.env).mapped("mobile_phone")
        people.user_ids.mapped("company_id")

    def _get_reminder_customer_recipients(self, company):
        partner = self.partner_id
        if not partner:
            return []
        phone = self.reminder_phone or partner.phone
        tz = self._get_reminder_customer_tz()
        return [
            self._make_reminder_recipient(company, partner, phone=phone, zones=[tz])
        ]

    def _get_reminder_customer_tz(self):
        """Return the customer's zone, False where it is none of its country's.

        Odoo gives a contact the zone of whoever enters it.
        """
        partner = self.partner_id
        tz = schedule.find_zone(partner.tz)
        is_local = tz and schedule.is_zone_of_country(tz, partner.country_id.code)
        return is_local and tz

    def _get_reminder_operator_recipients(self, company):
        # _origin: in an unsaved form the records are new ones without data of their own
        employees = self.reminder_employee_ids._origin
        users = (self.user_ids - self.reminder_excluded_user_ids)._origin
        # an archived one is not reminded: its user, assigned as well, still is
        users -= employees.filtered("active").user_id
        return [self._make_reminder_user_recipient(company, user) for user in users] + [
            self._make_reminder_employee_recipient(company, employee)
            for employee in employees
        ]

    def _make_reminder_user_recipient(self, company, user):
        employee = user.with_company(company).employee_id
        return self._make_reminder_recipient(
            company,
            user.partner_id,
            employee,
            phone=employee.mobile_phone or employee.work_phone,
            zones=[user.partner_id.tz],
            active=user.active,
            is_internal=user.active and not user.share,
        )

    def _make_reminder_employee_recipient(self, company, employee):
        partner = employee.user_partner_id or employee.work_contact_id
        zones = [partner.tz, employee.tz]
        if not employee.user_id:
            # Odoo makes the contact, and gives it the zone of whoever enters the
            # employee; nobody looks at it there
            zones.reverse()
        return self._make_reminder_recipient(
            company,
            partner,
            employee,
            name=employee.name,
            email=employee.work_email,
            phone=employee.mobile_phone or employee.work_phone,
            zones=zones,
            active=employee.active,
            is_internal=employee.user_id.active and not employee.user_id.share,
        )

    def _make_reminder_recipient(
        self, company, partner, employee=None, zones=(), active=True, **own
    ):
        """Return a recipient; the partner, then the company fill what is not given.

        :param list[str] zones: names of time zones, the first that is one counts
        :param own: ``name``, ``email`` and ``phone``, where they are not the partner's;
            ``is_internal``
        """
        recipient = Recipient(
            # of an address of a firm without a name of its own: the firm and what it is
            name=(partner.name or "").strip() or partner.display_name,
            email=partner.email,
            phone=partner.phone,
            partner=partner,
            country=partner.country_id or company.country_id,
            lang=self._get_reminder_partner_lang(company, partner),
            tz=schedule.find_zone(*zones) or company._get_reminder_tz(),
            employee=self.env["hr.employee"] if employee is None else employee,
            active=active and (partner.active or not partner),
        )
        return replace(recipient, **{key: own[key] for key in own if own[key]})

    @api.model
    def _get_reminder_partner_lang(self, company, partner):
        """Return the language that a company writes to a contact in.

        :param res.company company:
        :param res.partner partner: empty for an employee without a contact
        :return str: code of an installed language
        """
        codes = [partner.lang, company.partner_id.lang]
        # sudo: whom a message goes to is no matter of who may read settings
        choice = company.sudo().reminder_lang_choice
        if choice == "company" and self._has_given_reminder_lang(company, partner):
            codes.reverse()
        return self._get_reminder_lang(*codes)

    @api.model
    def _has_given_reminder_lang(self, company, partner):
        """Tell whether a contact has the language that Odoo gives to every new one.

        Nobody can tell whether it was chosen as well; in another country it is taken
        for that.
        """
        # of the company, not of whoever looks: the tab tells what the service will do
        given = self.env["ir.default"]._get(
            "res.partner", "lang", company_id=company.id
        )
        given = given or self.env["ir.default"]._get("res.partner", "lang")
        is_abroad = partner.country_id and partner.country_id != company.country_id
        return partner.lang == (given or "en_US") and not is_abroad

    @api.model
    def _get_reminder_lang(self, *codes):
        """Return the first of the language codes that is installed, else English."""
        installed = dict(self.env["res.lang"].get_installed())
        return next((code for code in codes if code in installed), "en_US")
