from collections import Counter
from itertools import chain

from odoo import api, fields, models
from odoo.exceptions import UserError

from ....tools import progress
from ....tools.errors import ReminderError
from ....tools.outcomes import IN_HAND_STATES, SET_UP_REASONS

#: Numbers of Odoo's colours: green, red, orange, yellow, blue, as the badges.
COLORS = {
    **dict.fromkeys(("sent", "delivered", "finished"), 10),
    "failed": 1,
    **dict.fromkeys(("skipped", "missed"), 2),
    "unconfirmed": 3,
    **dict.fromkeys(("queued", "sending", "running"), 4),
}
#: What a person may do with a message that is in one of these states.
CAN_SEND_AGAIN = ("failed", "unconfirmed")
CAN_MARK_SENT = ("unconfirmed",)
#: Why a message is not sent again whose reminder reaches others, or is written anew.
REACHED_ANEW = ("readdressed", "renewed", "moved")


class CrmTaskReminderLog(models.Model):
    """What a person reads of the log and does in it."""

    _inherit = "crm.task.reminder.log"

    doubt_hint = fields.Char(string="What To Do", compute="_compute_doubt_hint")

    @api.depends("state", "channel")
    @api.depends_context("lang")
    def _compute_doubt_hint(self):
        """Tell what a person may do about a message in doubt."""
        self.doubt_hint = ""
        doubtful = self.filtered(lambda row: row.state == "unconfirmed")
        # sudo: who may read a row need not read the set-up that the hint depends on
        for channel, rows in doubtful.sudo()._split_by_channel():
            for row in rows:
                row.doubt_hint = channel._describe_doubt(row)

    color = fields.Integer(
        compute="_compute_color", help="What stands for its state in the calendar."
    )

    @api.depends("state")
    def _compute_color(self):
        for row in self:
            row.color = COLORS.get(row.state, 0)

    @api.model
    def _explain_to_reader(self, company, error):
        """Return why a reminder is not sent, as ``_explain``, to whoever reads it.

        :param res.company company: in whose name it is sent
        :param ReminderError error:
        """
        if self._is_hidden_set_up(company, error.reason):
            return self.env._("As its company is set up, it can't be sent")
        return self._explain(error)

    @api.model
    def _is_hidden_set_up(self, company, reason):
        """Tell whether a reason tells somebody how another company is set up.

        :param res.company company: in whose name a reminder is sent
        :param str reason: one of ``REASONS``
        """
        user = self.env.user
        is_own = user._is_superuser() or company._origin <= user.company_ids
        return not is_own and reason in self._get_set_up_reasons()

    @api.model
    def _get_set_up_reasons(self):
        """Return the reasons that tell how a company is set up, of all forms."""
        channels = self.env["crm.task.reminder"]._get_channels().values()
        own = (channel._set_up_reasons for channel in channels)
        return {*SET_UP_REASONS, *chain.from_iterable(own)}

    def _describe(self):
        """Return in a few words what became of the row, for the task's form.

        Of a recipient whom the reader may not read, no address, neither where it was
        used nor in what is wrong with it.
        """
        self.ensure_one()
        reminders = self.env["crm.task.reminder"]
        name, is_open = reminders._disclose(
            self.recipient_name, self.partner_id, self.employee_id
        )
        if not self.partner_id and not self.employee_id:
            # there is nobody, or nobody any more, whose rights could be asked for
            is_open = self.company_id in self.env.user.company_ids
            name = name if is_open else ""
        address, reason = self.address, self.reason_text
        if not is_open:
            address, reason = "", self._get_label("reason")
        if self._is_hidden_set_up(self.company_id, self.reason):
            error = ReminderError(self.reason)
            reason = self._explain_to_reader(self.company_id, error)
        words = [
            " ".join(filter(None, (name, address))),
            self._get_label("state"),
            reminders._format_moment(self.handed_over_at),
            reason,
        ]
        return " · ".join(filter(None, words))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_hand(self):
        """Keep what a worker has in hand: others would lose sight of it."""
        if any(row.state in IN_HAND_STATES for row in self):
            raise UserError(
                self.env._("What is being handed over or still runs can't be deleted.")
            )

    def action_open_message(self):
        """Open the message that the task's chatter has of this row."""
        self.ensure_one()
        view = self.env.ref("crm_task_reminder.mail_message_view_form")
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": "mail.message",
            "res_id": self.message_id.id,
            "view_mode": "form",
            "views": [(view.id, "form")],
            "target": "new",
        }

    def action_open_run_rows(self):
        """Open what a run of the service did: the rows of its messages."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_task_reminder.crm_task_reminder_log_action"
        )
        return {**action, "domain": [("run_id", "=", self.id)], "context": {}}

    def action_send_again(self):
        """Queue failed and unconfirmed messages once more, for the next run.

        :return dict: an action that says so, or one that does it in batches
        :raise UserError: none of them can be sent again
        :raise AccessError: the user may not edit any of their tasks
        """
        return self._correct(self.env._("Send again"), "send_again")

    def action_mark_sent(self):
        """Note that somebody knows that unconfirmed messages arrived.

        :return dict: an action that says so, or one that does it in batches
        :raise UserError: none of them is unconfirmed
        :raise AccessError: the user may not edit any of their tasks
        """
        return self._correct(self.env._("Mark as sent"), "mark_sent")

    def _correct(self, title, method):
        """Do with the messages what a method does, in batches if they are many.

        :param str title: what it is called on the screen
        :param str method: ``send_again`` or ``mark_sent``
        :return dict: an action
        """
        if len(self) > progress.BATCH_SIZE:
            return progress.in_batches(title, self, self._name, method)
        refused = getattr(self, method)()
        done = len(self) - sum(refused.values())
        if self and not done:
            raise UserError("\n".join(refused))
        message = self.env._("%(action)s: %(count)s.", action=title, count=done)
        return progress.tell(self.env, message, refused)

    def send_again(self):
        """Queue those of the messages once more that may be sent again.

        :return dict[str, int]: why others may not, and how many
        """
        rows, refused = self._split_correctable(
            CAN_SEND_AGAIN,
            self.env._("Only failed and unconfirmed messages can be sent again."),
        )
        outdated = self._find_hindrances(rows)
        refused.update(map(self._explain_outdated, outdated.values()))
        rows = rows.filtered(lambda row: row not in outdated)
        rows._set_state("queued")
        rows.write({"attempt_count": 0, "next_attempt_at": False})
        # sudo: whoever may edit the task need not have access to mails and SMS
        self.env["crm.task.reminder.hand.over"].sudo()._reset_outgoing(rows)
        rows.company_id._end_reminder_doubt()
        return refused

    @api.model
    def _find_hindrances(self, rows):
        """Return why messages can't be sent again.

        :param crm.task.reminder.log rows: that the user may correct
        :return dict[crm.task.reminder.log, str]: one of ``REASONS`` for those of them
        """
        # sudo: the user's right to correct the messages was checked just before; what
        # they depend on is not all the user's to read
        return self.env["crm.task.reminder.second.look"].sudo()._find_outdated(rows)

    def mark_sent(self):
        """Note of those of the messages that are unconfirmed that they arrived.

        :return dict[str, int]: why others are not marked, and how many
        """
        rows, refused = self._split_correctable(
            CAN_MARK_SENT,
            self.env._("Only unconfirmed messages can be marked as sent."),
        )
        rows._note_sent(self.env._("Marked by %s", self.env.user.name))
        rows.company_id._end_reminder_doubt()
        return refused

    @api.model
    def _explain_outdated(self, reason):
        """Return in words why a message is not sent again, and what to do instead.

        :param str reason: one of ``REASONS``
        """
        words = self.env._(
            "The message can't be sent again. %s.", self._explain(ReminderError(reason))
        )
        if reason in REACHED_ANEW:
            hint = self.env._("“Send now” on its task reaches who is to get it now.")
        elif reason == "removed":
            hint = self.env._("Add a new reminder to its task instead.")
        else:
            return words
        return f"{words} {hint}"

    def _split_correctable(self, states, refusal):
        """Split off the messages that the user may correct.

        :param tuple[str] states: those that the messages may be in
        :param str refusal: what to say of one in another state
        :return tuple[crm.task.reminder.log, Counter]: these messages as superuser; why
            the others can't be corrected, and how many
        :raise AccessError: the user may edit none of their tasks
        """
        self.check_access("read")
        editable = self.task_id._filtered_access("write")
        if not editable:
            self.task_id.check_access("write")
        # sudo: the ledger is written by the service and these buttons alone
        rows = self.sudo()
        allowed = rows.filtered(lambda row: row.task_id <= editable.sudo())
        ready = allowed.filtered(lambda row: row.state in states)
        refused = Counter({refusal: len(allowed - ready)})
        refused[self.env._("You may not change its task.")] = len(rows - allowed)
        return ready, +refused
