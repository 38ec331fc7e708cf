from lxml import etree

from odoo import api, fields, models
from odoo.exceptions import ValidationError

PREFIX = "crm.task.reminder.channel."


class CrmTaskReminderMixin(models.AbstractModel):
    """The channel of a line, and the template that it has for that channel."""

    _inherit = "crm.task.reminder.mixin"

    template_field = fields.Char(
        compute="_compute_template_field",
        help="The name of the field that holds the template.",
    )

    @api.depends("channel")
    def _compute_template_field(self):
        channels = self._get_channels()
        for line in self:
            channel = channels.get(line.channel)
            line.template_field = channel is not None and channel._template_field

    @api.model
    def _get_channels(self):
        """Return the channels by the value of a line's ``channel``.

        :return dict[str, crm.task.reminder.channel]:
        """
        names = self._fields["channel"].get_values(self.env)
        return {name: self.env[f"{PREFIX}{name}"] for name in names}

    @api.model
    def _get_template_fields(self):
        """Return the names of the fields that hold a template, one per channel."""
        return [channel._template_field for channel in self._get_channels().values()]

    def _get_channel(self):
        """Return the model that sends in the line's form."""
        self.ensure_one()
        return self.env[f"{PREFIX}{self.channel}"]

    def _get_template(self):
        """Return the template of the line's channel, an empty recordset if none.

        A template whose model was changed since is none: it would be filled in with the
        record of that other model that happens to have the task's id.
        """
        self.ensure_one()
        template = self[self._get_channel()._template_field]
        # sudo: who sees a reminder need not have access to templates
        is_for_tasks = template.sudo().model == "project.task"
        return template if is_for_tasks else template.browse()

    @api.model
    def _get_setting_fields(self):
        return super()._get_setting_fields() | {*self._get_template_fields()}

    def _get_setting_key(self):
        return *super()._get_setting_key(), self._get_template()

    def _get_proposed_template(self):
        """Return the template that a person is offered for a new line."""
        self.ensure_one()
        return self._get_channel()._get_standard_template(self.audience, self.moment)

    @api.onchange("channel")
    def _onchange_channel(self):
        for line in self.filtered("channel"):
            if not line._get_template():
                line[line.template_field] = line._get_proposed_template()

    @api.constrains(lambda self: self._get_template_fields())
    def _check_template_model(self):
        for line in self:
            for field_name in self._get_template_fields():
                # sudo: who sets up a reminder need not have access to templates
                template = line[field_name].sudo()
                if template and template.model != "project.task":
                    raise ValidationError(
                        self.env._(
                            "The template “%s” is not one for tasks.", template.name
                        )
                    )

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Have the templates of all channels read where one column shows them."""
        arch, view = super()._get_view(view_id, view_type, **options)
        for column in arch.findall(".//field[@widget='reminder_template']"):
            for name in self._get_template_fields():
                if name != column.get("name"):
                    column.addnext(self._make_hidden_field(name, view_type))
        return arch, view

    @api.model
    def _make_hidden_field(self, name, view_type):
        """Return the element of a field that is read, but not shown.

        Of a many2one field that is invisible by "1" Odoo reads the id alone, without
        the name; so it is invisible by a condition that is always true.
        """
        attribute = "column_invisible" if view_type == "list" else "invisible"
        return etree.Element("field", {"name": name, attribute: "1 == 1"})
