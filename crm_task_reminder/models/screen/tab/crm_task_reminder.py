from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ....tools.outcomes import NOT_SENT_STATES
from ...line.crm_task_reminder import STATES

#: What a person is told of some of those that are to be sent.
SHOWN_STATES = [
    ("overdue", "Overdue"),
    ("asked", "On its way"),
    ("blocked", "Can't be sent"),
]
#: Reasons that do not keep a reminder from being sent at once.
WAIVED_REASONS = ("passed", "before_switch")
#: States of reminders that a person may have sent at once.
OPEN_STATES = ("scheduled", "skipped", "missed")
#: How long after its time a reminder that is still to be sent is overdue. The service
#: looks once a minute.
OVERDUE = timedelta(minutes=5)


class CrmTaskReminder(models.Model):
    """What a person reads about one reminder on its task's form."""

    _inherit = "crm.task.reminder"

    due_text = fields.Char(
        string="When",
        compute="_compute_due_text",
        help="When the reminder is due, in the time zone of the reader.",
    )
    shown_state = fields.Selection(
        [*STATES, *SHOWN_STATES],
        string="Status",
        compute="_compute_outlook",
        compute_sudo=True,
        help="Overdue: its time has passed, and it has not been sent. Can't be sent: "
        "as things are, nobody will get it.",
    )
    can_send_now = fields.Boolean(compute="_compute_outlook", compute_sudo=True)

    @api.depends("display_name", "due_text")
    @api.depends_context("lang", "tz", "uid")
    def _compute_summary(self):
        for reminder in self:
            words = [reminder.display_name, reminder.due_text]
            reminder.summary = " · ".join(filter(None, words))

    @api.depends("due_at")
    @api.depends_context("lang", "tz", "uid")
    def _compute_due_text(self):
        for reminder in self:
            reminder.due_text = self._format_moment(reminder.due_at)

    @api.depends(lambda self: self._get_outlook_paths())
    @api.depends_context("uid")
    def _compute_outlook(self):
        """Tell what a reminder's state means, and whether it can be sent at once."""
        is_open = self.filtered(lambda line: line.state in OPEN_STATES)
        sendable = set(is_open._filter_sendable()) | self._find_unfinished()
        foreign = self._filter_foreign()
        for reminder in self:
            can_be_sent = reminder in sendable
            shown_state = reminder._get_shown_state(can_be_sent)
            is_offered = reminder._offers_sending(shown_state, can_be_sent)
            reminder.can_send_now = is_offered and reminder not in foreign
            reminder.shown_state = shown_state

    @api.model
    def _get_outlook_paths(self):
        """Return what decides what a person is told of a reminder's state."""
        own = ("set_at", "asked_at", "asked_start", "duration")
        return [*self._get_people_paths(), *own, "task_id.planned_date_begin"]

    def _get_shown_state(self, can_be_sent):
        """Return the state as a person is to understand it.

        :param bool can_be_sent: it would reach somebody if it were sent now
        """
        if self._is_late():
            return "overdue"
        if self.state != "scheduled":
            return self.state
        if self.asked_at and self.asked_start == self._get_anchor():
            return "asked"
        return "scheduled" if can_be_sent else "blocked"

    @api.model
    def _offers_sending(self, shown_state, can_be_sent):
        """Tell whether there is something to send at once, whoever asks for it.

        :param str shown_state: see ``_get_shown_state``
        :param bool can_be_sent: it would reach somebody
        """
        return can_be_sent and shown_state != "asked"

    def _filter_sendable(self):
        """Return those that would reach somebody if they were sent now."""
        decision = self.env["crm.task.reminder.decision"]
        obstacles = decision._find_all_obstacles(self)
        free = self.filtered(
            lambda line: (
                line not in obstacles or obstacles[line].reason in WAIVED_REASONS
            )
        )
        deliveries, _refusals = decision._resolve(free)
        reached = {delivery.reminder for delivery in deliveries}
        return free.filtered(lambda line: line in reached)

    def _find_unfinished(self):
        """Return those that were sent, and that somebody has no message of yet.

        :return set[crm.task.reminder]:
        """
        done = self.filtered(lambda reminder: reminder.state == "done")
        decision = self.env["crm.task.reminder.decision"]
        # _origin: who has a message is known of saved ones
        saved = done._origin
        saved -= saved.browse().concat(*decision._find_obstacles(saved))
        missing = {one.reminder for one in decision._resolve_missing(saved)}
        return {line for line in done if line._origin in missing}

    def _is_late(self):
        """Tell whether its time has passed, and it has not been sent for that alone."""
        return self._is_overdue() or self._was_set_too_late()

    def _was_set_too_late(self):
        """Tell whether only its time keeps it from being sent: a person still may."""
        if self.state != "skipped" or self._has_passed(fields.Datetime.now()):
            return False
        rows = self._origin._get_current_rows()
        return bool(rows) and set(rows.mapped("reason")) == {"passed"}

    def _is_overdue(self):
        """Tell whether the time of a scheduled reminder has passed, and it waits."""
        if self.state != "scheduled":
            return False
        now = fields.Datetime.now()
        return (
            self._is_too_late(self.company_id)
            or self._has_passed(now)
            or self.due_at < now - OVERDUE
        )

    def _get_current_rows(self):
        """Return the rows of the log about the starts that the tasks have now.

        Of somebody who got no message, only what was found out the last time.
        """

        def is_current(row):
            is_same_start = row.start == row.reminder_id._get_anchor()
            has_left = row.state not in NOT_SENT_STATES and row.address
            return row.due_at == row.reminder_id.due_at or (is_same_start and has_left)

        # sudo: whoever may read a reminder may read what became of it
        return self.sudo().log_ids.filtered(is_current)

    @api.model
    def _disclose(self, name, partner, employee):
        """Return what the reader may know of a recipient, before and after sending.

        The name of a task's customer is on the task; that of an employee of another
        company is not, and neither is an address of somebody whom one may not read.

        :param str name:
        :param res.partner partner: empty for an employee without a contact
        :param hr.employee employee: empty unless it is what the address comes from
        :return tuple[str, bool]: the name or what stands for it, and whether the
            address and what is wrong with it may be told
        """
        employees = self.env["hr.employee.public"].sudo(False)
        if not employees.browse(employee._origin.ids).has_access("read"):
            return self.env._("An employee of another company"), False
        return name, partner._origin.sudo(False).has_access("read")

    # ------------------------------------------------------------------
    # Preview and sending at once
    # ------------------------------------------------------------------

    def action_preview(self):
        """Open the reminder as its recipients will read it."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Preview: %s", self.display_name),
            "res_model": "crm.task.reminder.preview",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_reminder_id": self.id},
        }

    def action_send_now(self):
        """Let the service send the reminders at once instead of at their time.

        It is the service that sends them, with all its checks: nobody gets one twice.

        :raise UserError: one of them would not be sent, with the reason in words
        """
        self.check_access("write")
        for reminder in self:
            reminder._ask_sending_now()
        return self._wake_service(self.env._("The reminder is on its way."))

    def _ask_sending_now(self):
        """Make the reminder due now.

        :raise UserError: it would not be sent, with the reason in words
        """
        self.ensure_one()
        if self.state == "done" and not self.can_send_now:
            raise UserError(self.env._("It has been sent already."))
        # sudo: the time a reminder is due at is not for everybody to set
        self.sudo().write(
            {
                "asked_at": fields.Datetime.now(),
                "asked_start": self._get_anchor(),
                "handled_due_at": False,
            }
        )
        self._check_sending_now()

    def _wake_service(self, message, kind="success"):
        """Have the service look at once; return what tells the user.

        :param str message: what to say
        :param str kind: ``success`` or ``warning``
        :return dict: an action
        """
        # sudo: to wake the service is not to change it
        self.env["ir.cron"].sudo()._get_reminder_workers()[:1]._trigger()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": kind,
                "message": message,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _check_sending_now(self):
        """Refuse a reminder that the service would not send, or that reaches nobody.

        :raise UserError: with the reason in words
        """
        self.ensure_one()
        # sudo: whoever may edit a task need not read the company's settings
        reminder = self.sudo()
        # sudo: to decide reads the company's settings, too
        decision = self.env["crm.task.reminder.decision"].sudo()
        error = decision._find_obstacle(reminder) or decision._find_refusal(reminder)
        if error:
            raise UserError(self.env["crm.task.reminder.log"]._explain(error))
        if obstacle := reminder.company_id._describe_reminder_obstacle():
            raise UserError(obstacle)
