from odoo import api, fields, models

from ....tools import dates
from ....tools.delivery import Delivery

#: Key of the context: the hours that were found once for many recipients.
HOURS = "reminder_hours"


class CrmTaskReminder(models.Model):
    """What a person reads of the hours that move a reminder, before it leaves."""

    _inherit = "crm.task.reminder"

    shown_state = fields.Selection(selection_add=[("held", "Waits")])
    is_quiet_now = fields.Boolean(
        compute="_compute_is_quiet_now",
        compute_sudo=True,
        help="For somebody who is to get it, it is quiet time at present.",
    )

    # ------------------------------------------------------------------
    # When
    # ------------------------------------------------------------------

    @api.depends(
        "audience",
        "state",
        "duration",
        "company_id",
        "task_id.planned_date_begin",
        "task_id.partner_id",
        "task_id.user_ids",
        "task_id.reminder_excluded_user_ids",
        "task_id.reminder_employee_ids",
    )
    @api.depends_context("lang", "tz", "uid")
    def _compute_due_text(self):
        result = super()._compute_due_text()
        open_lines = self.filtered(lambda line: line.due_at and not line._is_ended())
        all_hours = open_lines._get_hours()
        for reminder in open_lines:
            hours = all_hours and reminder._pick_hours(all_hours)
            if hours:
                moments = {*reminder._find_moments(hours).values()}
                reminder.due_text = reminder._describe_moments(moments)
        return result

    def _is_ended(self):
        """Tell whether nothing of it is to come; the rows tell what became of it."""
        return self.state not in ("scheduled", "waiting")

    def _describe_moments(self, moments):
        """Return in words when it leaves: when it is due, or where it is moved to.

        :param set[datetime] moments: when it leaves in the zones of its recipients
        """
        wish = self.due_at
        if moments == {wish}:
            return self._format_moment(wish)
        if len(moments) > 1:
            return self.env._(
                "%s, or when quiet hours let it", self._format_moment(wish)
            )
        (moment,) = moments
        return self._describe_move(moment, wish)

    @api.model
    def _describe_move(self, moment, wish):
        """Return “Tue 14 Jul, 08:00, moved from 03:00: quiet hours”.

        :param datetime moment: when it leaves (naive UTC)
        :param datetime wish: when it is due (naive UTC)
        """
        local, *_rest = self._read_moment(moment)
        wished, *rest = self._read_moment(wish)
        is_same_day = local.date() == wished.date()
        return self.env._(
            "%(moment)s, moved from %(wish)s: quiet hours",
            moment=self._format_moment(moment),
            wish=dates.split_day_and_time(wished, *rest)["time"]
            if is_same_day
            else self._format_moment(wish),
        )

    # ------------------------------------------------------------------
    # Who
    # ------------------------------------------------------------------

    def _list_people(self):
        lines = self.with_context(**{HOURS: self._get_hours()})
        return super(CrmTaskReminder, lines)._list_people()

    def _describe_recipient(self, recipient, outcomes):
        """Tell also when somebody gets it, where that is not the same for all."""
        entry = super()._describe_recipient(recipient, outcomes)
        hours = self._pick_hours(self.env.context.get(HOURS) or {})
        is_open = hours and recipient and self.due_at and not self._is_ended()
        if not is_open or entry["problem"]:
            return entry
        plan = Delivery(self, recipient, None, "", None)
        decision = self.env["crm.task.reminder.decision"]
        if error := decision._plan_one(plan, hours, fields.Datetime.now()):
            problem = self.env["crm.task.reminder.log"]._explain(error)
            return {**entry, "problem": problem}
        if len({*self._find_moments(hours).values()}) > 1:
            return {**entry, "when": self._format_moment(plan.leave_at)}
        return entry

    # ------------------------------------------------------------------
    # What waits for its hour
    # ------------------------------------------------------------------

    @api.model
    def _get_outlook_paths(self):
        return [*super()._get_outlook_paths(), "log_ids.leave_at"]

    def _get_shown_state(self, can_be_sent):
        if self.state == "done":
            # sudo: whoever may see a task may see when its reminders leave
            has_hours = self.sudo().company_id._has_reminder_hours()
            if has_hours and self._get_held_rows():
                return "held"
        return super()._get_shown_state(can_be_sent)

    @api.model
    def _offers_sending(self, shown_state, can_be_sent):
        is_offered = super()._offers_sending(shown_state, can_be_sent)
        return is_offered or shown_state == "held"

    def _get_held_rows(self):
        """Return the rows of messages that wait for their hour; none if some have left.

        :return crm.task.reminder.log: as superuser
        """
        rows = self._origin._get_current_rows()
        written = rows.filtered(lambda row: row.address and row.state != "skipped")
        now = fields.Datetime.now()
        held = written.filtered(
            lambda row: row.state == "queued" and row.leave_at and row.leave_at > now
        )
        return held if held == written else rows.browse()

    @api.depends("due_text")
    def _compute_is_quiet_now(self):
        now = fields.Datetime.now()
        all_hours = self._get_hours()
        for reminder in self:
            hours = all_hours and reminder._pick_hours(all_hours)
            zones = reminder._find_moments(hours) if hours else {}
            reminder.is_quiet_now = not all(hours.is_open(now, tz) for tz in zones)

    def _ask_sending_now(self):
        """Let go also what is written and waits for its hour."""
        held = self.filtered(lambda line: line.shown_state == "held")
        rows = held._get_held_rows() if held else None
        result = super()._ask_sending_now()
        if rows:
            rows.write({"next_attempt_at": False, "leave_at": False})
        return result
