from datetime import datetime

from odoo import api, fields, models

from ....tools import schedule

#: Lines whose time is counted anew at once.
BATCH_SIZE = 500


class CrmTaskReminder(models.Model):
    """Counts anew: after a change of the task, or of the zone that a company has."""

    _inherit = "crm.task.reminder"

    @api.model
    def search_fetch(self, domain, field_names=None, offset=0, limit=None, order=None):
        """Read the lines of tasks together with what counting them takes.

        At each change of a task Odoo would read which lines it has, and then, by
        another query, what they say.
        """
        if field_names == ["task_id"]:
            field_names = None
        return super().search_fetch(domain, field_names, offset, limit, order)

    @api.model
    def _recount_days(self, company, first_id):
        """Count a batch of lines anew, as far as their tasks are still to start.

        :param res.company company: whose time zone has changed
        :param int first_id: of the lines; those before it have been counted
        :return int: from which on there are more; 0 when all have been counted
        """
        lines = self.search(
            [
                ("company_id", "=", company.id),
                ("id", ">=", first_id),
                ("state", "in", ("scheduled", "cancelled", "waiting")),
                ("due_at", "!=", False),
                *self._get_day_domain(),
            ],
            order="id",
            limit=BATCH_SIZE,
        )
        now = fields.Datetime.now()
        # not asked of the database: it would look through all tasks for each batch
        ahead = lines.filtered(
            lambda line: max(line._get_anchor() or datetime.min, line.due_at) > now
        )
        ahead._compute_due_at()
        return lines[-1].id + 1 if len(lines) == BATCH_SIZE else 0

    @api.model
    def _get_day_domain(self):
        """Return the domain of the lines that count days, by the clock of a zone."""
        return [("duration_unit", "not in", tuple(schedule.ABSOLUTE_UNITS))]
