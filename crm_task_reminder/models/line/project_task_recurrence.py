from odoo import api, models

from ...tools import schedule


class ProjectTaskRecurrence(models.Model):
    _inherit = "project.task.recurrence"

    @api.model
    def _create_next_occurrences_values(self, recurrence_by_task):
        """Postpone the start too: 9:00 stays 9:00 when the clocks change.

        The start is not added to ``_get_recurring_fields_to_postpone``: Odoo postpones
        these fields in UTC, and reads them with the rights of who closes the task.
        """
        values_list = super()._create_next_occurrences_values(recurrence_by_task)
        for (task, recurrence), values in zip(
            recurrence_by_task.items(), values_list, strict=True
        ):
            # sudo: a portal user may close a task, but not read its start
            task_sudo = task.sudo()
            if task_sudo.planned_date_begin:
                values["planned_date_begin"] = recurrence._postpone_reminder_start(
                    task_sudo
                )
        return values_list

    def _postpone_reminder_start(self, task):
        """Return the start of the occurrence after ``task`` (naive UTC)."""
        return schedule.add_on_calendar(
            task.planned_date_begin,
            self._get_recurrence_delta(),
            task._get_reminder_company()._get_reminder_tz(),
        )

    @api.model
    def _create_next_occurrences(self, occurrences_from):
        """End a recurrence by the start where there is no deadline to end it by."""
        return super()._create_next_occurrences(
            occurrences_from.filtered(
                lambda task: not task._is_last_by_reminder_start()
            )
        )
