from odoo import models

#: What a form is told by the server and sends back with its next change.
PLACES = {
    "reminder_company_id",
    "reminder_preset_company_id",
    "reminder_preset_project_id",
}


class ProjectTask(models.Model):
    """What a task's form may name: over the API it sends back what it likes."""

    _inherit = "project.task"

    def _update_cache(self, values, validate=True):
        """Refuse a form in the place of a company or project that one may not read.

        What is worked out for it would tell how that company is set up, and what tasks
        start with there.
        """
        result = super()._update_cache(values, validate)
        is_form = not (self.env.su or self.id)
        for name in PLACES & values.keys() if is_form else ():
            if isinstance(values[name], models.BaseModel):
                continue  # worked out by the server
            named = self[name]._origin
            # as it is saved, a task tells whoever may read it
            if named and named != self._origin[name]:
                named.check_access("read")
        return result
