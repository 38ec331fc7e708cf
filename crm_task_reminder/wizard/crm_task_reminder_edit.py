from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..models.line.crm_task_reminder_mixin import AUDIENCES


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
            ("company", "Set as the company has it"),
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

    @api.depends("task_ids")
    def _compute_task_count(self):
        for edit in self:
            edit.task_count = len(edit.task_ids)

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

        :raise UserError: there is no reminder to add
        """
        self.ensure_one()
        lines = self.line_ids
        lines.audience = self.audience
        if self.operation in ("add", "replace") and not lines:
            raise UserError(self.env._("Add at least one reminder below."))
        if self.operation == "add":
            self.task_ids._add_reminders(self.audience, lines)
        elif self.operation == "company":
            self.task_ids._reset_reminders(self.audience)
        else:
            wanted = lines if self.operation == "replace" else lines.browse()
            self.task_ids._replace_reminders(self.audience, wanted)
        message = self.env._("The reminders of %s tasks were changed.", self.task_count)
        silent = self.task_ids.filtered(lambda task: not task.reminder_enabled)
        if silent:
            hint = self.env._(
                "Nothing is sent of %s: their company's automatic reminders are off.",
                ", ".join(silent.mapped("name")),
            )
            message = f"{message} {hint}"
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if silent else "success",
                "message": message,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }


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
                former = channel._get_standard_template(line.audience)
                if line[channel._template_field] == former:
                    template = channel._get_standard_template(audience)
                    line[channel._template_field] = template
            line.audience = audience
