from odoo import api, fields, models
from odoo.addons.project.models.project_task import CLOSED_STATES
from odoo.fields import Domain
from odoo.tools import SQL

from ....tools import schedule
from ....tools.outcomes import COMING_BACK, TROUBLED_STATES
from ...line.project_task import GROUPS
from ...sending.notice.project_task import MANY

#: That a row of the log tells of trouble with the time its line is due at now, and that
#: no message in another form has taken its place.
TROUBLED = SQL(
    """(
    row.reminder_id = line.id
    AND row.due_at = line.due_at
    AND row.state IN %s
    AND COALESCE(row.reason, '') NOT IN %s
    AND NOT EXISTS (
        SELECT
          FROM crm_task_reminder_log AS other
         WHERE other.instead_of_id = row.id
           AND other.state NOT IN %s
    )
    )""",
    TROUBLED_STATES,
    COMING_BACK,
    TROUBLED_STATES,
)


#: Of a task that is saved, what no change on its form has an effect on.
UNCHANGED = {"reminder_log_count"}


class ProjectTask(models.Model):
    """What lists and cards of tasks tell about reminders, for all tasks at once."""

    _inherit = "project.task"

    reminder_next_at = fields.Datetime(
        string="Next Reminder",
        compute="_compute_reminder_overview",
        compute_sudo=True,
        groups=GROUPS,
        help="When the next reminder of this task leaves.",
    )
    reminder_not_sent = fields.Boolean(
        compute="_compute_reminder_overview",
        search="_search_reminder_not_sent",
        compute_sudo=True,
        groups=GROUPS,
        help="Somebody was not reminded of this task; its tab says who and why.",
    )
    reminder_calendar_at = fields.Datetime(
        string="Start or Deadline",
        compute="_compute_reminder_calendar_at",
        inverse="_inverse_reminder_calendar_at",
        search="_search_reminder_calendar_at",
        help="Where the task stands in the calendar.",
    )
    reminder_log_count = fields.Integer(
        string="Reminders",
        compute="_compute_reminder_log_count",
        groups=GROUPS,
    )

    # ------------------------------------------------------------------
    # Calendar
    # ------------------------------------------------------------------

    @api.depends("planned_date_begin", "date_deadline")
    def _compute_reminder_calendar_at(self):
        for task in self:
            task.reminder_calendar_at = task.planned_date_begin or task.date_deadline

    def _inverse_reminder_calendar_at(self):
        """Move the tasks, with start and deadline as far apart as they were.

        A person is asked before people are told of many that are moved at once.
        """
        moved = self.filtered("reminder_calendar_at")
        is_asked = self.env.context.get(MANY) or len(moved) > 1
        for task in moved.with_context(**{MANY: is_asked}):
            moved_to = task.reminder_calendar_at
            former = task.planned_date_begin
            if not former:
                task.date_deadline = moved_to
                continue
            values = {"planned_date_begin": moved_to}
            if task.date_deadline:
                values["date_deadline"] = schedule.shift(
                    task.date_deadline, moved_to - former
                )
            task.write(values)

    @api.model
    def _search_reminder_calendar_at(self, operator, value):
        start = Domain("planned_date_begin", operator, value)
        deadline = Domain("date_deadline", operator, value)
        return start | (Domain("planned_date_begin", "=", False) & deadline)

    @api.model
    def default_get(self, fields):
        """Take a day that was chosen in the calendar for the deadline, as Odoo does."""
        values = super().default_get(fields)
        chosen = self.env.context.get("default_reminder_calendar_at")
        if chosen and "date_deadline" in fields:
            values.setdefault("date_deadline", chosen)
        return values

    # ------------------------------------------------------------------
    # Reminders
    # ------------------------------------------------------------------

    @api.depends(
        "state",
        "reminder_ids.state",
        "reminder_ids.due_at",
        "reminder_ids.log_ids.state",
    )
    def _compute_reminder_overview(self):
        """Find out all that lists and cards tell, of all tasks by one query."""
        self._flush_reminder_overview()
        query = self._select_reminder_overview()
        found = {row[0]: row[1:] for row in self.env.execute_query(query)}
        held, nothing = self.browse(), (False, False, False)
        # what many have in common is set at once: Odoo takes its time for each value
        told = self.grouped(lambda task: found.get(task._origin.id, nothing))
        for (next_at, has_hours, is_not_sent), tasks in told.items():
            tasks.reminder_next_at = next_at
            tasks.reminder_not_sent = is_not_sent
            held += tasks if has_hours else held.browse()
        held._move_reminder_next_at()

    def _select_reminder_overview(self):
        """Return the query of tasks with their next due time, whether somebody's hours
        count for them, and whether somebody was not reminded.
        """
        return SQL(
            """
            SELECT line.task_id,
                   min(line.due_at) FILTER (WHERE line.state = 'scheduled'),
                   bool_or(
                       company.reminder_customer_hours
                       OR company.reminder_operator_hours
                   ),
                   bool_or(
                       task.state NOT IN %(closed)s
                       AND (
                           line.state IN ('skipped', 'missed')
                           OR EXISTS (
                               SELECT
                                 FROM crm_task_reminder_log AS row
                                WHERE row.task_id = line.task_id
                                  AND %(is_troubled)s
                           )
                       )
                   )
              FROM crm_task_reminder AS line
              JOIN project_task AS task ON task.id = line.task_id
              JOIN res_company AS company ON company.id = line.company_id
             WHERE line.task_id = ANY(%(ids)s)
               AND company.reminder_enabled
          GROUP BY line.task_id
            """,
            closed=tuple(CLOSED_STATES),
            is_troubled=TROUBLED,
            ids=self._origin.ids,
        )

    def _flush_reminder_overview(self):
        """Have the database know what a query about lists and cards asks for."""
        for model in ("crm.task.reminder", "crm.task.reminder.log", "res.company"):
            self.env[model].flush_model()
        self.flush_model(["state"])

    @api.model
    def _search_reminder_not_sent(self, operator, value):
        if operator != "in":
            return NotImplemented
        # Odoo does not ask for the rights on a field that brings its own search
        self._check_field_access(self._fields["reminder_not_sent"], "read")
        return Domain("id", "in", self._select_reminder_not_sent())

    def _select_reminder_not_sent(self):
        """Return the query of the open tasks of whose present start somebody lacks one.

        Not as a domain: that can't say that a row of the log is about the time at which
        its reminder is due now. Two queries in one, as there is an index for each: on
        the few lines and on the few rows of which there is something to tell. Of states
        those that are asked for, as there is an index on them as well.
        """
        self._flush_reminder_overview()
        states = self._fields["state"].get_values(self.env)
        return SQL(
            """(
            SELECT task.id
              FROM crm_task_reminder AS line
              JOIN res_company AS company ON company.id = line.company_id
              JOIN project_task AS task ON task.id = line.task_id
             WHERE line.state IN ('skipped', 'missed')
               AND company.reminder_enabled
               AND task.state IN %(open)s
         UNION ALL
            SELECT task.id
              FROM crm_task_reminder_log AS row
              JOIN project_task AS task ON task.id = row.task_id
              JOIN crm_task_reminder AS line ON %(is_troubled)s
              JOIN res_company AS company ON company.id = line.company_id
             WHERE company.reminder_enabled
               AND task.state IN %(open)s
            )""",
            open=tuple(state for state in states if state not in CLOSED_STATES),
            is_troubled=TROUBLED,
        )

    def _compute_reminder_log_count(self):
        """Count what the reader may see of the log.

        Whether there is anything at all is asked first: most tasks that are opened have
        nothing yet, and to work out the rights takes longer than to look.
        """
        log = self.env["crm.task.reminder.log"]
        log.flush_model(["task_id"])
        query = SQL(
            """
            SELECT DISTINCT task_id
              FROM crm_task_reminder_log
             WHERE task_id = ANY(%s)
            """,
            self._origin.ids,
        )
        ids = [task_id for (task_id,) in self.env.execute_query(query)]
        domain = [("task_id", "in", ids)]
        groups = ids and log._read_group(domain, ["task_id"], ["__count"])
        counts = {task.id: count for task, count in groups}
        for task in self:
            task.reminder_log_count = counts.get(task._origin.id, 0)

    def onchange(self, values, field_names, fields_spec):
        """Leave out what a change on a form has no effect on: the log of the task."""
        left_out = UNCHANGED if self else ()
        spec = {name: fields_spec[name] for name in fields_spec if name not in left_out}
        return super().onchange(values, field_names, spec)

    def action_open_reminder_log(self):
        """Open what the log has about the tasks' reminders."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_task_reminder.crm_task_reminder_log_action"
        )
        return {**action, "domain": [("task_id", "in", self.ids)], "context": {}}
