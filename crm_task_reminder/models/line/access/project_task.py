from odoo import models

from ..project_task import LINES

#: What a form is told by the server and sends back with its next change.
NAMED = {
    *LINES,
    "reminder_ids",
    "reminder_company_id",
    "reminder_preset_company_id",
    "reminder_preset_project_id",
}


class ProjectTask(models.Model):
    """What a task's form may name, and by what tasks may be grouped.

    Over the API a form sends back what it likes.
    """

    _inherit = "project.task"

    def _update_cache(self, values, validate=True):
        """Refuse a form that names a company, a project or lines one may not read.

        What is worked out for it would tell how that company is set up, what tasks
        start with there, and how many of those lines are overdue.
        """
        result = super()._update_cache(values, validate)
        is_form = not (self.env.su or self.id)
        for name in NAMED & values.keys() if is_form else ():
            if isinstance(values[name], models.BaseModel):
                continue  # worked out by the server
            # sudo: as it is saved, a task tells whoever may read it
            saved = self._origin.sudo()[name]
            (self[name]._origin - saved).check_access("read")
        return result

    def _read_group_groupby(self, alias, groupby_spec, query):
        """Ask for the right to read a field of many records, as Odoo does not."""
        field = self._fields.get(groupby_spec.partition(":")[0])
        if field and field.groups:
            self._check_field_access(field, "read")
        return super()._read_group_groupby(alias, groupby_spec, query)
