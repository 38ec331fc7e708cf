from odoo import api, fields, models

from ....tools import schedule
from .crm_task_reminder_mixin import REPEAT_FIELDS

#: Context key: the time that is spoken of, instead of the one that comes next.
TURN = "crm_task_reminder_turn"


class Turn(int):
    """The value of ``TURN``, which a client can't give: its numbers are plain ones.

    Another time would be kept as the next one.
    """


class CrmTaskReminder(models.Model):
    """Which time a line that is repeated is sent next.

    ``due_at`` is always that of the next time: what is repeated costs no more than what
    is sent once. When one time has been dealt with, the next one ahead is set.
    """

    _inherit = "crm.task.reminder"

    turn = fields.Integer(
        copy=False,
        groups=fields.NO_ACCESS,
        help="How often it has been due before, for the date that is in turn_anchor.",
    )
    turn_anchor = fields.Datetime(copy=False, groups=fields.NO_ACCESS)

    # ------------------------------------------------------------------
    # When
    # ------------------------------------------------------------------

    @api.depends("turn", "turn_anchor", "repeat_unit", "repeat_every")
    def _compute_due_at(self):
        result = super()._compute_due_at()
        for reminder in self.filtered("repeat_unit"):
            if reminder._get_turn():
                reminder.early_at = False
        return result

    def _count_back(self, start):
        first, turn = super()._count_back(start), self._get_turn()
        return self._count_turn(start, first, turn) if turn else first

    def _get_turn(self):
        """Return how often the reminder has been due before, for the present date."""
        self.ensure_one()
        if not self.repeat_unit:
            return 0
        if self._has_turn():
            return int(self.env.context[TURN])
        # sudo: whoever may see a reminder may see which time it is
        reminder = self.sudo()
        is_present = reminder.turn_anchor == reminder._get_anchor()
        return reminder.turn if is_present else 0

    def _at_turn(self, turn):
        """Return the reminder as it was, or will be, when it is due another time.

        :param int turn: from 0 on
        """
        return self.with_context(**{TURN: Turn(turn)})

    def _has_turn(self):
        """Tell whether another time is spoken of than the one that comes next."""
        return isinstance(self.env.context.get(TURN), Turn)

    def _get_turn_due_at(self):
        """Return when the reminder is due for the time that is spoken of."""
        start = self._has_turn() and self._get_anchor()
        return self._count_back(start) if start else self.due_at

    def _find_moment(self, hours, tz):
        """Put off what is repeated, and send it no earlier: there was one before it."""
        if not self._get_turn():
            return super()._find_moment(hours, tz)
        return hours.find_moment(self._get_turn_due_at(), None, tz)

    def _count_turn(self, start, first, turn):
        """Return when the reminder is due for one of its later times (naive UTC).

        :param datetime start: the date that it is counted from, naive UTC
        :param datetime first: when it is due for the first time, naive UTC
        :param int turn: from 1 on
        """
        every, unit = turn * self.repeat_every, self.repeat_unit
        if unit in schedule.ABSOLUTE_UNITS:
            return schedule.get_due_at(first, -every, unit, None)
        tz = self.company_id._get_reminder_tz()
        if self.duration_unit in schedule.ABSOLUTE_UNITS or not self.duration:
            return schedule.get_due_at(first, -every, unit, tz)
        # from the date itself: an hour that a change of clocks skips is skipped once
        per_unit = 7 if self.duration_unit == "weeks" else 1
        days = per_unit * self._get_time_before() - every
        return schedule.get_due_at(start, days, unit, tz, self._get_minute_of_day())

    def _list_turns(self, start):
        """Return when the reminder is due for a date, all of its times.

        :param datetime start: the date, naive UTC
        :return list[datetime]: naive UTC
        """
        self.ensure_one()
        times = [self._at_turn(0)._count_back(start)]
        for turn in range(1, self.repeat_count if self.repeat_unit else 1):
            due_at = self._count_turn(start, times[0], turn)
            if self._is_after():
                is_in_time = due_at <= self._get_last_time(start)
            else:
                is_in_time = due_at < start
            if not is_in_time:
                break
            times.append(due_at)
        return times

    @api.model
    def _get_last_time(self, start):
        """Return until when what comes after a date is repeated (naive UTC)."""
        try:
            return start + schedule.MAX_TIME_BEFORE
        except OverflowError:
            return schedule.END_OF_CALENDAR

    @api.model
    def _get_day_domain(self):
        return ["|", ("repeat_unit", "=", "days"), *super()._get_day_domain()]

    # ------------------------------------------------------------------
    # From one time to the next
    # ------------------------------------------------------------------

    def _set_handled(self, state):
        result = super()._set_handled(state)
        if state:
            now = fields.Datetime.now()
            for reminder in self.filtered("repeat_unit"):
                turn = reminder._find_next_turn(now)
                if turn:
                    reminder._go_to_turn(turn)
        return result

    def _find_next_turn(self, now):
        """Return the next time that lies ahead, None if it was the last one.

        Times that have passed meanwhile, as in a downtime, are left out: nobody gets
        several at once.

        :param datetime now: naive UTC
        :return int | None: from 1 on
        """
        start = self._get_anchor()
        times = self._list_turns(start) if start else []
        ahead = range(self._get_turn() + 1, len(times))
        return next((turn for turn in ahead if times[turn] > now), None)

    def _go_to_turn(self, turn):
        """Have the reminder be due another time.

        :param int turn: from 0 on
        """
        self.ensure_one()
        self.write(
            {
                "turn": turn,
                "turn_anchor": self._get_anchor(),
                "asked_at": False,
                "asked_start": False,
            }
        )

    def _return_to_turn(self, turn):
        """Have the reminder be due once more for a time that was not sent after all.

        :param int turn: from 0 on
        """
        self._go_to_turn(turn)
        # as if it had been set then: one that was set too late is not sent any more
        self.set_at = self.due_at

    def _is_changed(self, vals):
        """Of what has been sent once and is to come again, only how often is changed.

        A template may be another one for the times to come.
        """
        if super()._is_changed(vals):
            return True
        # sudo: nobody may read how often it was sent
        if not self.sudo()._get_turn():
            return False
        fixed = self._get_setting_fields() - REPEAT_FIELDS
        fixed -= {name for name in fixed if self._fields[name].type == "many2one"}
        return self._differs(vals, fixed)
