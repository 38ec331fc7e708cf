from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import schedule

GROUPS = "project.group_project_user"
#: The lines on a task's form. It has them once the tab they are in has been opened.
LINES = {"reminder_customer_ids", "reminder_operator_ids"}
#: Context key: the form that a change is made in has no lines yet.
TAB_CLOSED = "reminder_tab_closed"


class ProjectTask(models.Model):
    """A task's start, its lines, and whether they count."""

    _inherit = "project.task"

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
    reminder_ids = fields.One2many(
        "crm.task.reminder", "task_id", copy=False, groups=GROUPS
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
    reminder_customer_off = fields.Boolean(
        groups=GROUPS, help="The customer's reminders are kept, but not sent."
    )
    reminder_operator_off = fields.Boolean(
        groups=GROUPS, help="The operators' reminders are kept, but not sent."
    )

    # ------------------------------------------------------------------
    # Fields
    # ------------------------------------------------------------------

    @api.depends("company_id", "reminder_ids.company_id")
    @api.depends_context("company")
    def _compute_reminder_company_id(self):
        unbound = self.filtered(lambda task: not task.company_id)
        companies = unbound._find_reminder_line_companies()
        nobody = self.env["res.company"]
        for task in self:
            of_lines = companies.get(task._origin.id, nobody)
            company = task._get_reminder_company(of_lines)
            task.reminder_company_id = company
            task.reminder_enabled = company.reminder_enabled

    def _find_reminder_line_companies(self):
        """Return whose reminders tasks have, by a query that each open form can afford.

        :return dict[int, res.company]: task id → companies in the order of its lines;
            without the tasks that have no lines
        """
        ids = self._origin.ids
        if not ids:
            return {}
        lines, companies = self.env["crm.task.reminder"], self.env["res.company"]
        lines.flush_model(["task_id", "company_id", "audience", "due_at"])
        query = SQL(
            """
            SELECT task_id, array_agg(company_id ORDER BY audience, due_at, id)
              FROM crm_task_reminder
             WHERE task_id = ANY(%s)
          GROUP BY task_id
            """,
            ids,
        )
        return {
            task_id: companies.browse(dict.fromkeys(filter(None, company_ids)))
            for task_id, company_ids in self.env.execute_query(query)
        }

    def _get_reminder_company(self, of_lines=None):
        """Return the task's company, else one whose reminders it has.

        If the user's present company is one of these, that one; for a task without
        reminders, the user's present company. So for a form that names a company which
        is none of the user's.

        :param res.company of_lines: whose reminders it has; they are read unless given
        """
        self.ensure_one()
        # sudo: portal users have tasks, but no access to reminders
        task = self.sudo()
        if task.company_id:
            is_own = task.id or self._owns_reminder_company(task.company_id)
            return task.company_id if is_own else self.env.company
        companies = task.reminder_ids.company_id if of_lines is None else of_lines
        own = companies & self.env.company
        return own or companies[:1] or self.env.company

    def _get_reminder_own_company(self):
        """Return the company whose settings its user puts on the task: an own one."""
        company = self._get_reminder_company()
        return company if self._owns_reminder_company(company) else self.env.company

    @api.model
    def _owns_reminder_company(self, company):
        """Tell whether the user speaks for a company.

        :param res.company company:
        """
        user = self.env.user
        return company in user._get_reminder_companies() or user._is_superuser()

    # The lines are computed so that the form shows them before a task is saved. They
    # depend on what is set once, when a task is created: after that it keeps its lines.
    @api.depends("create_uid")
    def _compute_reminder_customer_ids(self):
        self._preset_reminders("customer")

    @api.depends("create_uid")
    def _compute_reminder_operator_ids(self):
        self._preset_reminders("operator")

    def _preset_reminders(self, audience):
        """Give new tasks the lines that are set for an audience where they are."""
        for task in self:
            company = task._get_reminder_preset_company()
            lines = task.project_id._get_reminder_presets(company, audience)
            # an automation may have given lines to a task that was made a moment ago
            own = task.reminder_ids if task.id else task.reminder_ids.browse()
            own = own.filtered(lambda line: line.audience == audience)
            task[f"reminder_{audience}_ids"] = [
                fields.Command.set(own.ids),
                *map(fields.Command.create, lines._prepare_reminders()),
            ]

    def _get_reminder_preset_company(self):
        """Return the company whose lines a new task gets.

        A private task gets none: the sender, who would write them, may not read it.
        """
        company = self._get_reminder_company()
        return company if self._may_read_reminder_project() else company.browse()

    def _may_read_reminder_project(self):
        """Tell whether what the task's project has set may be told.

        A saved task follows its project. A form that is not saved can name any.
        """
        project = self.project_id._origin
        is_saved = self.id or project == self._origin.project_id
        return bool(project) and bool(
            is_saved or project.sudo(False).has_access("read")
        )

    def onchange(self, values, field_names, fields_spec):
        """Tell what follows from a change whether there are lines for it to change.

        Most forms are left without their tab having been opened: what nobody sees is
        not worked out, and a new task gets its lines when it is saved.
        """
        is_closed = not LINES & fields_spec.keys()
        tasks = self.with_context(**{TAB_CLOSED: True}) if is_closed else self
        return super(ProjectTask, tasks).onchange(values, field_names, fields_spec)

    # ------------------------------------------------------------------
    # Rights
    # ------------------------------------------------------------------

    @api.ondelete(at_uninstall=False)
    def _unlink_reminders_first(self):
        """Delete the reminders before the tasks.

        PostgreSQL would do both in one go, in an order that may be another one in a
        restored database. In one order it refuses: the log refers to both.
        """
        # sudo: whoever may delete a task need not have access to its reminders
        self.sudo().reminder_ids.unlink()

    # ------------------------------------------------------------------
    # Conditions
    # ------------------------------------------------------------------

    def _wants_reminders(self, audience):
        """Tell whether an audience is to be reminded of the task at all.

        :param str audience: ``customer`` or ``operator``
        """
        # a line that is being taken out on a form has no task any more
        if not self:
            return False
        return not self[f"reminder_{audience}_off"] and self._allows_reminders()

    def _allows_reminders(self):
        """Tell whether the task is one that somebody is to be reminded of."""
        self.ensure_one()
        return (
            self.active
            and not self.is_closed
            and not self.has_template_ancestor
            and not self.project_id.is_template
        )

    def _is_last_by_reminder_start(self):
        """Tell whether the next occurrence would start after the recurrence's end."""
        self.ensure_one()
        # sudo: a portal user may close a task, but not read its start
        task = self.sudo()
        recurrence = task.recurrence_id
        if recurrence.repeat_type != "until" or task.date_deadline:
            return False
        if not task.planned_date_begin or not recurrence.repeat_until:
            return False
        tz = task._get_reminder_company()._get_reminder_tz()
        start = schedule.to_local(recurrence._postpone_reminder_start(task), tz)
        return start.date() > recurrence.repeat_until

    # ------------------------------------------------------------------
    # Lines
    # ------------------------------------------------------------------

    def _get_reminder_lines(self, audience):
        return self[f"reminder_{audience}_ids"]

    def _reset_reminders(self, audience):
        """Give the tasks the lines that their project or company has set."""
        by_defaults = self.grouped(lambda task: task._get_reminder_defaults(audience))
        for defaults, tasks in by_defaults.items():
            tasks._replace_reminders(audience, defaults)

    def _get_reminder_defaults(self, audience):
        """Return the lines that the task's project, else its company has set.

        :param str audience: ``customer`` or ``operator``
        :return crm.task.reminder.default:
        """
        company = self._get_reminder_own_company()
        return self.project_id._get_reminder_defaults(company, audience)

    def _replace_reminders(self, audience, settings):
        """Put lines in the place of those that the tasks have; keep what was sent.

        :param str audience: ``customer`` or ``operator``
        :param settings: records of a model that inherits ``crm.task.reminder.mixin``
        """
        lines = self._get_reminder_lines(audience)
        (lines - lines._filter_kept(settings)).unlink()
        self._add_reminders(audience, settings)

    def _add_reminders(self, audience, settings):
        """Add lines to the tasks, except those that a task has of the same company.

        :param str audience: ``customer`` or ``operator``
        :param settings: as for ``_replace_reminders``
        """
        keys = [line._get_setting_key() for line in settings]
        wanted = dict(zip(keys, settings._prepare_reminders(), strict=True))
        values_list = []
        for task in self:
            existing = task._get_reminder_own_lines(audience)._get_setting_keys()
            for key, values in wanted.items():
                if key not in existing:
                    values_list.append({**values, "task_id": task.id})
        self.env["crm.task.reminder"].create(values_list)
        self.write({f"reminder_{audience}_off": False})

    def _get_reminder_own_lines(self, audience):
        """Return the lines of the company that a new line would be of."""
        company = self.company_id or self.env.company
        lines = self._get_reminder_lines(audience)
        return lines.filtered(lambda line: line.company_id == company)
