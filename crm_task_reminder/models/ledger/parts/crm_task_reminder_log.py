from collections import Counter

from odoo import api, fields, models

#: States that say of a message in hand that it has not left.
NOT_LEFT_STATES = ("queued", "failed", "skipped")


class CrmTaskReminderLog(models.Model):
    """How many parts of messages have left on which day.

    They are counted when a message is taken in hand, so that two workers do not count
    on the same room, and taken off when it has not left.
    """

    _inherit = "crm.task.reminder.log"

    part_count = fields.Integer(
        string="Parts",
        readonly=True,
        help="As how many SMS it has left.",
    )
    counted_on = fields.Date(
        readonly=True,
        groups=fields.NO_ACCESS,
        help="The company's day on which its parts count.",
    )

    _counted_idx = models.Index(
        "(company_id, channel, counted_on, part_count) WHERE counted_on IS NOT NULL"
    )

    def _note_parts(self, count, day):
        """Count the parts of messages that are about to leave.

        One that is sent once more on a day counts once more.

        :param int count: of the parts of each
        :param date day: of their company
        """
        again = self.filtered(lambda row: row.counted_on == day)
        for before, rows in again.grouped("part_count").items():
            rows.part_count = before + count
        (self - again).write({"part_count": count, "counted_on": day})

    @api.model
    def _count_parts(self, company, channel, first, last):
        """Return how many parts have left on the days of a span.

        :param res.company company:
        :param crm.task.reminder.channel channel:
        :param date first: day of the company
        :param date last: day of the company, included
        :return Counter: number of parts by day (``date``)
        """
        groups = self._read_group(
            [
                ("company_id", "=", company.id),
                ("channel", "=", channel._channel),
                ("counted_on", ">=", first),
                ("counted_on", "<=", last),
            ],
            ["counted_on:day"],
            ["part_count:sum"],
        )
        return Counter(dict(groups))

    def _set_state(self, state, reason=False, detail=""):
        if state in NOT_LEFT_STATES:
            in_hand = self.filtered(lambda row: row.state == "sending")
            in_hand.filtered("counted_on").write({"part_count": 0, "counted_on": False})
        return super()._set_state(state, reason, detail)
