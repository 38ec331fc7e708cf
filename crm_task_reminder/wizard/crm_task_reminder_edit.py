from collections import Counter
from dataclasses import dataclass
from typing import Any

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..models.line.crm_task_reminder_mixin import AUDIENCES
from ..tools import progress
from ..tools.delivery import Refusal
from ..tools.errors import ReminderError

EDIT = "crm.task.reminder.edit"
#: Of how many tasks the window tells what will be sent: to find out takes more than
#: half a millisecond for each.
PREVIEWED_TASKS = 2000
#: How many tasks, and how many that reach nobody, it tells by name.
NAMED_TASKS = 10


@dataclass(frozen=True)
class Plan:
    """What becomes of the reminders of a task: the values of those that it gets, how
    many of the wanted ones it has already, and how many it loses.
    """

    task: Any
    values: list[dict]
    kept: int
    removed: int


class CrmTaskReminderEdit(models.TransientModel):
    """Sets, changes or removes the reminders of many tasks at once."""

    _name = "crm.task.reminder.edit"
    _description = "Change Reminders of Tasks"

    task_ids = fields.Many2many(
        "project.task",
        required=True,
        default=lambda self: self.env.context.get("active_ids"),
    )
    task_count = fields.Integer(compute="_compute_task_count")
    audience = fields.Selection(
        AUDIENCES, string="Reminders for", required=True, default="customer"
    )
    operation = fields.Selection(
        [
            ("add", "Add the reminders below"),
            ("replace", "Put the reminders below in the place of those they have"),
            ("company", "Set as the project or the company has it"),
            ("remove", "Remove all"),
        ],
        string="What to do",
        required=True,
        default="add",
    )
    line_ids = fields.One2many(
        "crm.task.reminder.edit.line",
        "edit_id",
        string="Reminders",
        default=lambda self: self._get_first_line(),
    )

    preview = fields.Html(
        string="What Will Be Sent",
        sanitize=False,  # the HTML is from our own template
        compute="_compute_preview",
    )

    @api.depends("task_ids")
    def _compute_task_count(self):
        for edit in self:
            edit.task_count = len(edit.task_ids)

    @api.model
    def _get_preview_paths(self):
        """Return what decides what will be sent."""
        names = self.env["crm.task.reminder.edit.line"]._get_setting_fields()
        return ["task_ids", "audience", "operation", *(f"line_ids.{n}" for n in names)]

    @api.depends(lambda self: self._get_preview_paths())
    @api.depends_context("lang", "uid", "allowed_company_ids")
    def _compute_preview(self):
        for edit in self:
            plans = edit._plan_tasks()
            deliveries, refusals = edit._resolve_wanted(plans)
            reached = {one.task._origin for one in deliveries}
            silent = {
                one.reminder.task_id._origin: one
                for one in reversed(refusals)
                if one.reminder.task_id._origin not in reached
            }
            edit.preview = self.env["ir.qweb"]._render(
                "crm_task_reminder.edit_preview",
                {
                    "names": edit.task_ids.mapped("display_name"),
                    "named": NAMED_TASKS,
                    "counts": Counter(one.reminder.display_name for one in deliveries),
                    "moved": sum(one.is_moved for one in deliveries),
                    "kept": sum(plan.kept for plan in plans),
                    "removed": sum(plan.removed for plan in plans),
                    "silent": list(map(edit._describe_silent, silent.values())),
                    "limit": len(edit.task_ids) > PREVIEWED_TASKS and PREVIEWED_TASKS,
                },
            )

    def _describe_silent(self, refusal):
        """Return in words of which task nobody is reminded, and why.

        :param Refusal refusal:
        """
        task, recipient = refusal.reminder.task_id, refusal.recipient
        reminders = self.env["crm.task.reminder"]
        if (
            recipient
            and not reminders._disclose(
                recipient.name, recipient.partner, recipient.employee
            )[1]
        ):
            return task.name
        # the reason alone: not everybody may read addresses
        error = ReminderError(refusal.error.reason)
        reason = self.env["crm.task.reminder.log"]._explain(error)
        return f"{task.name} – {reason}"

    def _plan_tasks(self):
        """Return what becomes of the reminders of each task, of the first tasks.

        :return list[Plan]:
        """
        self.ensure_one()
        tasks = self.task_ids._origin[:PREVIEWED_TASKS]
        if self.operation != "company":
            return [self._plan(task, self.line_ids) for task in tasks]
        return [
            self._plan(task, task._get_reminder_defaults(self.audience))
            for task in tasks
        ]

    def _plan(self, task, settings):
        """Return what becomes of the reminders of a task.

        :param project.task task:
        :param settings: lines that the task is to have, unless all are removed
        :return Plan:
        """
        going, staying = Counter(), task._get_reminder_own_lines(self.audience)
        settings = settings[:0] if self.operation == "remove" else settings
        if self.operation != "add":
            lines = task._get_reminder_lines(self.audience)
            going = (lines - lines._filter_kept(settings))._get_setting_keys()
            staying = staying._filter_kept(settings)
        keys = staying._get_setting_keys()
        wanted = {
            (self.audience, *line._get_setting_key()[1:]): line for line in settings
        }
        # equal ones are added once, those that are there already not at all
        added = {key: line for key, line in wanted.items() if key not in keys}
        return Plan(
            task,
            [
                {**line._prepare_reminders()[0], "audience": self.audience}
                for line in added.values()
            ],
            kept=len(wanted) - len(added),
            removed=(going - Counter([*added])).total(),
        )

    @api.model
    def _resolve_wanted(self, plans):
        """Return who gets the reminders that are added, and who does not and why.

        :param list[Plan] plans:
        :return tuple[list[Delivery], list[Refusal]]:
        """
        # sudo: to find whom they reach reads what not every editor of tasks may read
        wanted = self.env["crm.task.reminder"].sudo()
        decision = self.env["crm.task.reminder.decision"].sudo()
        ids = []
        for plan in plans:
            # a copy in memory: else the task itself would have the lines at once
            draft = plan.values and plan.task.sudo().new(origin=plan.task)
            for values in plan.values:
                ids.append(wanted.new({**values, "task_id": draft.id}).id)
        wanted = wanted.browse(ids)
        # what there will be to tell, and whether a task will be done, is not known yet
        open_ended = wanted.filtered(
            lambda line: line._is_notice() or line._awaits_done()
        )
        obstacles = decision._find_obstacles(wanted - open_ended)
        obstacles |= decision._find_company_obstacles(wanted)
        free = wanted.filtered(lambda line: line not in obstacles)
        deliveries, refusals = decision._resolve(free)
        deliveries, late = decision._plan(deliveries)
        refusals = [*map(Refusal, obstacles, obstacles.values()), *refusals, *late]
        return deliveries, refusals

    @api.model
    def _get_first_line(self):
        """Return the line to start with, as a default value."""
        audience = self.default_get(["audience"])["audience"]
        values = self.env["crm.task.reminder.default"]._prepare_first_line(audience)
        return [Command.create(values)]

    @api.onchange("audience")
    def _onchange_audience(self):
        self.line_ids._address_to(self.audience)

    def action_apply(self):
        """Change the tasks' reminders. What was sent stays as it is.

        :return dict: an action that says so, or one that does it in batches
        :raise UserError: there is no reminder to add, or no task can be changed
        """
        self.ensure_one()
        self.line_ids.audience = self.audience
        if self.operation in ("add", "replace") and not self.line_ids:
            raise UserError(self.env._("Add at least one reminder below."))
        hint = self._describe_switched_off()
        if len(self.task_ids) > progress.BATCH_SIZE:
            title = self.env._("Change Reminders")
            return progress.in_batches(
                title, self.task_ids, EDIT, "apply_to", self.ids, note=hint
            )
        refused = self.apply_to(self.task_ids.ids)
        done = self.task_count - sum(refused.values())
        if self.task_ids and not done:
            raise UserError("\n".join(refused))
        message = self.env._("Tasks with changed reminders: %s.", done)
        return progress.tell(self.env, message, refused, note=hint)

    def apply_to(self, task_ids):
        """Change the reminders of some of the tasks. What was sent stays as it is.

        :param list[int] task_ids: others than those of the wizard are passed over
        :return dict[str, int]: why the user may not change others, and how many
        """
        self.ensure_one()
        tasks = self.task_ids & self.task_ids.browse(task_ids)
        return progress.where_possible(tasks, self._change)

    def _change(self, tasks):
        """Change the reminders of tasks."""
        if self.operation == "add":
            tasks._add_reminders(self.audience, self.line_ids)
        elif self.operation == "company":
            tasks._reset_reminders(self.audience)
        else:
            is_removed = self.operation == "remove"
            wanted = self.line_ids.browse() if is_removed else self.line_ids
            tasks._replace_reminders(self.audience, wanted)

    def _describe_switched_off(self):
        """Return in words of which tasks nothing is sent, as their company is off."""
        silent = self.task_ids.filtered(lambda task: not task.reminder_enabled)
        if not silent:
            return ""
        names = silent[:NAMED_TASKS].mapped("name")
        if silent[NAMED_TASKS:]:
            names.append("…")
        return self.env._(
            "Nothing is sent of %s: their company's automatic reminders are off.",
            ", ".join(names),
        )


class CrmTaskReminderEditLine(models.TransientModel):
    """A reminder that many tasks are to get."""

    _name = "crm.task.reminder.edit.line"
    _inherit = "crm.task.reminder.mixin"
    _description = "Reminder for Many Tasks"

    edit_id = fields.Many2one(
        "crm.task.reminder.edit", required=True, ondelete="cascade"
    )

    def _address_to(self, audience):
        """Turn to another audience, and to its templates unless others were chosen.

        :param str audience: ``customer`` or ``operator``
        """
        for line in self:
            for channel in self._get_channels().values():
                former = channel._get_standard_template(line.audience, line.moment)
                if line[channel._template_field] == former:
                    template = channel._get_standard_template(audience, line.moment)
                    line[channel._template_field] = template
            line.audience = audience
