from odoo import api, models
from odoo.fields import Domain

#: How many lines are looked at, the newest, for the templates that they use.
RECENT_LINES = 200


class CrmTaskReminderTemplateMixin(models.AbstractModel):
    """What templates of all forms have in common: whose they are is known by their use.

    In a line, those that are for its audience are offered first.
    """

    _name = "crm.task.reminder.template.mixin"
    _description = "Template of Task Reminders"

    @api.model
    @api.readonly
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        audience = self.env.context.get("reminder_audience")
        if not audience:
            return super().name_search(name, domain, operator, limit)
        domain = Domain(domain or Domain.TRUE)
        first = Domain("id", "in", self._find_reminder_templates(audience).ids)
        found = super().name_search(name, domain & first, operator, limit)
        rest = limit and limit - len(found)
        if limit and not rest:
            return found
        return found + super().name_search(name, domain & ~first, operator, rest)

    @api.model
    def _find_reminder_templates(self, audience):
        """Return the templates that are for an audience: standard and used ones.

        :param str audience: ``customer`` or ``operator``
        """
        templates = self.browse()
        lines = self.env["crm.task.reminder.mixin"]
        for channel in lines._get_channels().values():
            name = channel._template_field
            if lines._fields[name].comodel_name != self._name:
                continue
            templates |= channel._get_standard_template(audience)
            for model in ("crm.task.reminder.default", "crm.task.reminder"):
                templates |= self._find_used_reminder_templates(model, audience, name)
        return templates

    @api.model
    def _find_used_reminder_templates(self, model, audience, name):
        """Return the templates that recent lines of the user's companies have.

        :param str model: of the lines
        :param str audience: ``customer`` or ``operator``
        :param str name: of the field that holds the template
        """
        # sudo: only the order follows from it, what is offered does not
        lines = self.env[model].sudo()
        recent = lines._search([], order="id desc", limit=RECENT_LINES)
        groups = lines._read_group(
            [
                ("id", "in", recent),
                ("company_id", "in", self.env.companies.ids),
                ("audience", "=", audience),
                (name, "!=", False),
            ],
            [name],
        )
        return self.browse(template.id for (template,) in groups)
