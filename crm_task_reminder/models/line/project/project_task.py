from odoo import api, fields, models
from odoo.fields import Command

from ..crm_task_reminder_mixin import AUDIENCES
from ..project_task import GROUPS, TAB_CLOSED
from .project_project import COPIED

#: What may move a task to another project.
PLACE_FIELDS = {"project_id", "parent_id"}


class ProjectTask(models.Model):
    """The lines of a task that is moved to another project.

    Lines that are as the former project has them, and have not been sent, give way to
    those of the new one. What was typed by hand stays.
    """

    _inherit = "project.task"

    reminder_preset_project_id = fields.Many2one(
        "project.project",
        compute="_compute_reminder_preset_place",
        groups=GROUPS,
        help="The project whose lines the task's follow.",
    )
    reminder_preset_company_id = fields.Many2one(
        "res.company",
        compute="_compute_reminder_preset_place",
        groups=GROUPS,
        help="The company whose lines the task's follow.",
    )

    @api.depends("create_uid")
    def _compute_reminder_preset_place(self):
        for task in self:
            # on a form: as saved, not as somebody has just changed it
            project, company = (task._origin or task)._get_reminder_preset_place()
            task.reminder_preset_project_id = project
            task.reminder_preset_company_id = company

    def _get_reminder_preset_place(self):
        """Return what says which lines are preset.

        :return tuple: a ``project.project`` and a ``res.company``, both may be empty
        """
        self.ensure_one()
        return self.project_id._origin, self._get_reminder_preset_company()

    @api.onchange("project_id", "company_id")
    def _onchange_company_preset_reminders(self):
        """Follow to another project, or to that of a task that had none."""
        if self.env.context.get(TAB_CLOSED):
            return
        for task in self:
            former = task.reminder_preset_project_id, task.reminder_preset_company_id
            place = task._get_reminder_preset_place()
            if place == former or task._keeps_reminders():
                continue
            if place[1] and not task._owns_reminder_company(place[1]):
                # those of another company follow when the task is saved
                continue
            task.reminder_preset_project_id, task.reminder_preset_company_id = place
            for audience, _label in AUDIENCES:
                gone, added = task._plan_reminders(audience, former, place)
                gone.task_id = False
                task[f"reminder_{audience}_ids"] = [*map(Command.create, added)]

    def _keeps_reminders(self):
        """Tell whether the lines stay: the task has become somebody's private one."""
        self.ensure_one()
        return bool(self._origin and not self.project_id)

    def _plan_reminders(self, audience, former, place):
        """Return what a task that is moved loses and gets of an audience's lines.

        :param str audience: ``customer`` or ``operator``
        :param tuple former: where it was, as of ``_get_reminder_preset_place``
        :param tuple place: where it is
        :return tuple[crm.task.reminder, list[dict]]: lines to delete, and values of new
            ones without their task
        """
        (project, company), (former_project, former_company) = place, former
        defaults = former_project._get_reminder_presets(former_company, audience)
        wanted = project._get_reminder_presets(company, audience)
        # on a task of several companies the others' are theirs
        lines = self._get_reminder_lines(audience).filtered(
            lambda line: line.company_id in former_company + company
        )
        known, present = defaults._get_setting_keys(), wanted._get_setting_keys()
        if known == present:
            return lines.browse(), []
        unchanged = lines.filtered(
            lambda line: line.state != "done" and line._get_setting_key() in known
        )
        if not unchanged and (lines or defaults):
            # all of it was changed by hand, or taken out
            return lines.browse(), []
        gone = unchanged.filtered(lambda line: line._get_setting_key() not in present)
        existing = (lines - gone)._get_setting_keys()
        new = wanted.filtered(lambda line: line._get_setting_key() not in existing)
        values_list = new._prepare_reminders()
        return gone, [{**values, "company_id": company.id} for values in values_list]

    def _prepare_reminder_proposals(self, audience):
        """Return the lines for a task on which a person switches the reminders on.

        :param str audience: ``customer`` or ``operator``
        :return list[dict]: values for ``create`` without the task
        """
        defaults = self._get_reminder_defaults(audience)
        company = self._get_reminder_own_company()
        values_list = defaults._prepare_reminders()
        return values_list or company._prepare_reminder_proposals(audience)

    # ------------------------------------------------------------------
    # Without a form
    # ------------------------------------------------------------------

    def write(self, vals):
        if not vals.keys() & PLACE_FIELDS or self.env.context.get(COPIED):
            return super().write(vals)
        # sudo: whoever moves a task need not read its lines. Subtasks go along
        tasks = self.sudo().with_context(active_test=False)
        tasks = tasks.search([("id", "child_of", self.ids)])
        former = {task: task._get_reminder_preset_place() for task in tasks}
        result = super().write(vals)
        tasks._follow_reminders(former, self._get_settled_reminder_audiences(vals))
        return result

    @api.model
    def _get_settled_reminder_audiences(self, vals):
        """Return the audiences whose lines a form has settled already.

        :param dict vals: as of ``write``
        :return set[str]:
        """
        return {
            audience
            for audience, _label in AUDIENCES
            if any(
                command[0] != Command.UPDATE
                for command in vals.get(f"reminder_{audience}_ids") or []
            )
        }

    def _follow_reminders(self, former, settled):
        """Let the lines follow to where the tasks are now.

        :param dict former: by task where it was, as of ``_get_reminder_preset_place``
        :param set settled: audiences whose lines were set along with it
        """
        lines = self.env["crm.task.reminder"]
        values_list = []
        for task in self:
            place = task._get_reminder_preset_place()
            if place == former[task] or task._keeps_reminders():
                continue
            for audience, _label in AUDIENCES:
                if audience not in settled:
                    gone, added = task._plan_reminders(audience, former[task], place)
                    lines += gone
                    values_list += [{**values, "task_id": task.id} for values in added]
        lines.unlink()
        lines.create(values_list)
