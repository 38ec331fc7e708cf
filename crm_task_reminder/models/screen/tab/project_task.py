from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...line.crm_task_reminder_mixin import AUDIENCES
from ...line.project_task import GROUPS

SETTINGS = [
    ("company", "As the company has it"),
    ("project", "As the project has it"),
    ("changed", "Changed here"),
    ("off", "Off"),
]
#: Numbers of a customer and its contacts that are proposed at most.
PHONES_LIMIT = 20


class ProjectTask(models.Model):
    """What the tab of a task's reminders shows and changes.

    Whom a reminder reaches, and why not, is told by ``screen/result``.
    """

    _inherit = "project.task"

    reminder_trouble = fields.Char(
        string="What Keeps the Company from Sending",
        compute="_compute_reminder_trouble",
        compute_sudo=True,
        groups=GROUPS,
    )
    reminder_overdue_count = fields.Integer(
        string="Overdue Reminders",
        compute="_compute_reminder_overdue_count",
        groups=GROUPS,
        help="Reminders whose time has passed and that have not been sent.",
    )
    reminder_is_past = fields.Boolean(
        compute="_compute_reminder_overdue_count",
        groups=GROUPS,
        help="The task has started: nobody is reminded any more.",
    )
    reminder_customer = fields.Boolean(
        string="Generate automatic reminders for customers",
        compute="_compute_reminder_switches",
        inverse="_inverse_reminder_customer",
        groups=GROUPS,
    )
    reminder_operator = fields.Boolean(
        string="Generate automatic reminders for operators",
        compute="_compute_reminder_switches",
        inverse="_inverse_reminder_operator",
        groups=GROUPS,
    )
    reminder_customer_setting = fields.Selection(
        SETTINGS,
        string="Setting for Customers",
        compute="_compute_reminder_settings",
        groups=GROUPS,
    )
    reminder_operator_setting = fields.Selection(
        SETTINGS,
        string="Setting for Operators",
        compute="_compute_reminder_settings",
        groups=GROUPS,
    )
    reminder_phone_choices = fields.Json(
        compute="_compute_reminder_phone_choices", groups=GROUPS
    )
    reminder_user_ids = fields.Many2many(
        "res.users",
        string="Assignees to Remind",
        compute="_compute_reminder_user_ids",
        inverse="_inverse_reminder_user_ids",
        domain="[('id', 'in', user_ids)]",
        groups=GROUPS,
        help="Take out whom you do not want to be reminded of this task.",
    )

    @api.depends("reminder_company_id")
    @api.depends_context("lang", "uid")
    def _compute_reminder_trouble(self):
        """Tell the company's own people what keeps it from sending."""
        for company, tasks in self.grouped("reminder_company_id").items():
            # for a moment, a form that names another company has none
            is_own = company and self._owns_reminder_company(company._origin)
            trouble = is_own and company._describe_reminder_obstacle()
            tasks.reminder_trouble = trouble or False

    @api.depends(lambda self: self._get_reminder_overdue_paths())
    def _compute_reminder_overdue_count(self):
        now = fields.Datetime.now()
        for task in self:
            overdue = task._get_overdue_reminders()
            task.reminder_overdue_count = len(overdue)
            task.reminder_is_past = bool(overdue) and all(
                line._has_passed(now) for line in overdue
            )

    @api.model
    def _get_reminder_overdue_paths(self):
        """Return what decides whether reminders are overdue."""
        names = ("state", "due_at", "set_at", "duration", "log_ids.reason")
        fields_of_lines = (f"reminder_{audience}_ids" for audience, _label in AUDIENCES)
        lines = [f"{field}.{name}" for field in fields_of_lines for name in names]
        return ["planned_date_begin", *lines]

    def _get_overdue_reminders(self):
        """Return the reminders whose time has passed and that have not been sent."""
        lines = self.reminder_customer_ids + self.reminder_operator_ids
        # sudo: whoever may read a reminder may know that it is late
        return lines.filtered(lambda line: line.sudo()._is_late())

    def action_send_overdue_reminders(self):
        """Let the service send the overdue reminders at once; tell which can't be sent.

        :raise UserError: none of them can be sent
        """
        self.ensure_one()
        lines = self._get_overdue_reminders()
        lines.check_access("write")
        refused = []
        for line in lines:
            try:
                with self.env.cr.savepoint():
                    line._ask_sending_now()
            except UserError as error:
                refused.append(f"{line.display_name} – {error}")
        if lines and len(refused) == len(lines):
            raise UserError("\n".join(refused))
        words = [self.env._("On their way: %s.", len(lines) - len(refused))]
        if refused:
            words.append(self.env._("Not sent: %s.", ", ".join(refused)))
        return lines._wake_service(" ".join(words), "warning" if refused else "success")

    # ------------------------------------------------------------------
    # The switch of each group
    # ------------------------------------------------------------------

    @api.depends(
        "reminder_customer_ids",
        "reminder_customer_off",
        "reminder_operator_ids",
        "reminder_operator_off",
    )
    def _compute_reminder_switches(self):
        for task in self:
            for audience, _label in AUDIENCES:
                is_on = not task[f"reminder_{audience}_off"]
                task[f"reminder_{audience}"] = is_on and task._get_reminder_lines(
                    audience
                )

    def _inverse_reminder_customer(self):
        self._switch_reminders("customer")

    def _inverse_reminder_operator(self):
        self._switch_reminders("operator")

    @api.onchange("reminder_customer")
    def _onchange_reminder_customer(self):
        self._switch_reminders("customer")

    @api.onchange("reminder_operator")
    def _onchange_reminder_operator(self):
        self._switch_reminders("operator")

    def _switch_reminders(self, audience):
        """Switch an audience's reminders on or off as its switch says.

        Switched off, the lines are kept. Switched on without any, there are those that
        the project or the company has prepared.
        """
        for task in self:
            is_on = task[f"reminder_{audience}"]
            if is_on and not task._get_reminder_lines(audience):
                values = task._prepare_reminder_proposals(audience)
                commands = list(map(Command.create, values))
                task[f"reminder_{audience}_ids"] = commands
            lines = task._get_reminder_lines(audience)
            task[f"reminder_{audience}_off"] = bool(lines) and not is_on

    # ------------------------------------------------------------------
    # The settings of company and project, and the task's own
    # ------------------------------------------------------------------

    @api.model
    def _get_reminder_setting_paths(self):
        """Return what decides whether a task has what is set where it is."""
        names = self.env["crm.task.reminder"]._get_setting_fields() - {"audience"}
        switches = [f"reminder_{audience}" for audience, _label in AUDIENCES]
        lines = [f"{switch}_ids.{name}" for switch in switches for name in names]
        return ["reminder_company_id", "project_id", *switches, *lines]

    @api.depends(lambda self: self._get_reminder_setting_paths())
    def _compute_reminder_settings(self):
        for task in self:
            company = task.reminder_company_id
            choice = task.project_id._get_reminder_choice(company)
            for audience, _label in AUDIENCES:
                defaults = task.project_id._get_reminder_defaults(company, audience)
                lines = task._get_reminder_lines(audience)
                if not task[f"reminder_{audience}"] and (lines or defaults):
                    setting = "off"
                elif lines._get_setting_keys() == defaults._get_setting_keys():
                    setting = "company" if choice == "company" else "project"
                else:
                    setting = "changed"
                task[f"reminder_{audience}_setting"] = setting

    def action_reset_customer_reminders(self):
        """Give the tasks' customers the reminders that are set where the tasks are."""
        self._reset_reminders("customer")

    def action_reset_operator_reminders(self):
        """Give the tasks' operators the reminders that are set where the tasks are."""
        self._reset_reminders("operator")

    # ------------------------------------------------------------------
    # Who will get them
    # ------------------------------------------------------------------

    @api.depends("user_ids", "reminder_excluded_user_ids")
    def _compute_reminder_user_ids(self):
        for task in self:
            task.reminder_user_ids = task.user_ids - task.reminder_excluded_user_ids

    def _inverse_reminder_user_ids(self):
        for task in self:
            task.reminder_excluded_user_ids = task.user_ids - task.reminder_user_ids

    @api.onchange("reminder_user_ids")
    def _onchange_reminder_user_ids(self):
        self._inverse_reminder_user_ids()

    @api.depends("partner_id")
    def _compute_reminder_phone_choices(self):
        for task in self:
            task.reminder_phone_choices = [
                {"number": partner.phone, "name": partner.display_name}
                for partner in task._get_reminder_phone_partners()
            ]

    def _get_reminder_phone_partners(self):
        """Return the customer, its parent and its contacts, those with a number.

        Only those that the reader may read: a task can be of a customer who is hidden.
        """
        self.ensure_one()
        # sudo: to find the parent; whom the reader may read is asked below
        family = self.partner_id.sudo().commercial_partner_id
        return self.env["res.partner"].search(
            [("id", "child_of", family.ids), ("phone", "!=", False)], limit=PHONES_LIMIT
        )
