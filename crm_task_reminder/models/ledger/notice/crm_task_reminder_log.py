from datetime import datetime

from odoo import api, fields, models

from ....tools.errors import ReminderError
from ....tools.moments import MOMENTS, NEWS_MOMENTS, TELLING_MOMENTS
from ....tools.outcomes import TOLD_STATES

#: The rows that tell which start somebody believes in; older rows have no moment.
TELLING = (False, *TELLING_MOMENTS, "called_off")


class CrmTaskReminderLog(models.Model):
    """Which start people were told last, so that news is told once."""

    _inherit = "crm.task.reminder.log"

    moment = fields.Selection(
        MOMENTS, readonly=True, help="What made the message be sent."
    )

    @api.model
    def _prepare_row(self, reminder, *args, **kwargs):
        values = super()._prepare_row(reminder, *args, **kwargs)
        return {**values, "moment": reminder.moment}

    @api.model
    def _find_told_starts(self, places, present=None):
        """Return which start audiences of tasks were told last.

        Only messages to who is a recipient now count: a new customer was told nothing.

        :param list[tuple] places: pairs of a task and an audience
        :param dict present: place → the moment and start of news whose own messages are
            to be left out, for who asks what was told before it
        :return dict[tuple, datetime | False]: place → naive UTC; False where nothing
            was told, or that it is called off
        """
        tasks = self.env["project.task"].concat(*(task for task, _audience in places))
        rows = self.search(
            [
                ("task_id", "in", tasks.ids),
                ("operation", "in", [audience for _task, audience in places]),
                ("state", "in", TOLD_STATES),
                ("moment", "in", TELLING),
            ],
            order="id",
        )
        by_place = rows.grouped(lambda row: (row.task_id.id, row.operation))
        told = {}
        for task, audience in places:
            own = (present or {}).get((task, audience))
            mine = by_place.get((task.id, audience), rows.browse())
            mine = mine._filter_to_present_people(task, audience).filtered(
                lambda row, own=own: (row.moment, row.start) != own
            )
            last = mine.sorted(lambda row: row._get_told_at())[-1:]
            told[task, audience] = last._get_told_start()
        return told

    def _filter_to_present_people(self, task, audience):
        """Return the rows of those who are recipients of the task now.

        :param project.task task: that of all the rows
        :param str audience: ``customer`` or ``operator``
        """
        if not self:
            return self
        try:
            people = task._get_reminder_recipients(audience, self[-1:].company_id)
        except ReminderError:
            return self.browse()
        partner_ids = {one.partner.id for one in people if one.partner}
        employee_ids = {one.employee.id for one in people if one.employee}
        return self.filtered(
            lambda row: (
                row.partner_id.id in partner_ids or row.employee_id.id in employee_ids
            )
        )

    def _get_told_at(self):
        """Return what sorts rows by when their recipients were told."""
        in_hand = datetime.max if self.state == "sending" else self.create_date
        return self.handed_over_at or in_hand, self.id

    def _get_told_start(self):
        """Return the start that a message tells, False if it is called off, or none."""
        return self.moment != "called_off" and self.start

    def _get_known_keys(self):
        """Let news be told again where something else has been told since.

        Set, called off and set again for the same time are three messages.
        """
        keys = super()._get_known_keys()
        return keys - {row._get_key() for row in self._filter_overtaken_news()}

    def _get_told_people(self, form=None):
        """Leave out who has been told something else since."""
        return super(
            CrmTaskReminderLog, self - self._filter_overtaken_news()
        )._get_told_people(form)

    def _filter_overtaken_news(self):
        """Return the messages of news since which something else was told."""
        places = {
            row: (row.task_id, row.operation)
            for row in self
            if row.moment in NEWS_MOMENTS and row.state in TOLD_STATES and row.task_id
        }
        told = self._find_told_starts(list(set(places.values()))) if places else {}
        return self.filtered(
            lambda row: row in places and row._get_told_start() != told[places[row]]
        )
