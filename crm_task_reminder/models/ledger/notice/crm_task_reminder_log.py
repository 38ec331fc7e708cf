from datetime import datetime

from odoo import api, fields, models

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
    def _prepare_message_row(self, delivery, message, receipt):
        values = super()._prepare_message_row(delivery, message, receipt)
        if delivery.news:
            values["moment"], _told = delivery.news
        return values

    def _prepare_untold_row(self):
        """Return the values of a row: nobody is told that what this told is off."""
        self.ensure_one()
        return {
            "operation": self.operation,
            "company_id": self.company_id.id,
            # as of each row: that of a private task is between two people
            "task_name": self.task_id.project_id.id and self.task_name,
            "partner_id": self.partner_id.id,
            "employee_id": self.employee_id.id,
            "recipient_name": self.recipient_name,
            "channel": self.channel,
            "moment": "called_off",
            "start": self.start,
            "state": "skipped",
            "reason": "removed",
        }

    @api.model
    def _find_telling_rows(self, tasks, audiences):
        """Return the messages that tell which start people believe in.

        :param project.task tasks:
        :param list[str] audiences:
        :return dict[tuple, crm.task.reminder.log]: id of a task and audience → what was
            told last at the end
        """
        rows = self.search(
            [
                ("task_id", "in", tasks.ids),
                ("operation", "in", audiences),
                ("state", "in", TOLD_STATES),
                ("moment", "in", TELLING),
            ],
            order="id",
        )
        rows = rows.sorted(lambda row: row._get_told_at())
        return rows.grouped(lambda row: (row.task_id.id, row.operation))

    def _filter_told_before(self, moment, start):
        """Leave out the messages of present news itself.

        :param str moment: one of ``NEWS``
        :param datetime start: that the news is about, naive UTC
        """
        is_off = moment == "called_off"
        return self.filtered(
            lambda row: (
                row.moment not in NEWS_MOMENTS
                or row.start != start
                or (row.moment == "called_off") != is_off
            )
        )

    def _filter_told_to(self, partner, employee, channel=None, address=None):
        """Return what somebody was told.

        In one form it is the address that counts: a new one was told nothing.

        :param res.partner partner: may be empty, as ``employee`` may
        :param hr.employee employee:
        :param str channel: the form that ``address`` belongs to; all forms unless given
        """
        return self.filtered(
            lambda row: (
                (address and row.address == address)
                or (
                    (not channel or row.channel != channel)
                    and (
                        (partner and row.partner_id == partner)
                        or (employee and row.employee_id == employee)
                    )
                )
            )
        )

    def _get_told_at(self):
        """Return what sorts rows by when their recipients were told."""
        in_hand = datetime.max if self.state == "sending" else self.create_date
        return self.handed_over_at or in_hand, self.id

    def _get_told_start(self):
        """Return the start that a message tells, False if it is called off, or none.

        Of no message: nothing was told.
        """
        return self.moment != "called_off" and self.start

    def _get_known_keys(self):
        """Let news be told again where something else has been told since.

        Set, called off and set again for the same time are three messages.
        """
        keys = super()._get_known_keys()
        return keys - {row._get_key() for row in self._filter_overtaken_news()}

    def _filter_still_telling(self, form=None):
        """Leave out those since which their readers were told something else."""
        rows = self - self._filter_overtaken_news()
        return super(CrmTaskReminderLog, rows)._filter_still_telling(form)

    def _filter_overtaken_news(self):
        """Return the messages of news since which their readers were told otherwise."""
        news = self.filtered(
            lambda row: (
                row.moment in NEWS_MOMENTS and row.state in TOLD_STATES and row.task_id
            )
        )
        if not news:
            return news
        told = self._find_telling_rows(
            news.task_id, list(set(news.mapped("operation")))
        )
        return news.filtered(lambda row: row._is_overtaken(told))

    def _is_overtaken(self, told):
        """Tell whether something else has been told to who got this message.

        :param dict told: what ``_find_telling_rows`` returns
        """
        rows = told.get((self.task_id.id, self.operation), self.browse())
        mine = rows._filter_told_to(
            self.partner_id, self.employee_id, self.channel, self.address
        )
        return mine[-1:]._get_told_start() != self._get_told_start()
