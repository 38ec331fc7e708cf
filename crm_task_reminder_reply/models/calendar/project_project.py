from odoo import models


class ProjectProject(models.Model):
    """A place of all of a project's appointments, in its customers' calendars."""

    _inherit = "project.project"

    def write(self, vals):
        if "reminder_place" not in vals:
            return super().write(vals)
        place = vals["reminder_place"] or False
        changed = self.filtered(lambda project: project.reminder_place != place)
        result = super().write(vals)
        # sudo: the version is nobody's to set, and not all tasks need be readable
        tasks = self.env["project.task"].sudo()
        tasks.search(
            [
                ("project_id", "in", changed.ids),
                ("reminder_place", "in", (False, "")),
                ("planned_date_begin", "!=", False),
            ]
        )._raise_reminder_sequence()
        return result
