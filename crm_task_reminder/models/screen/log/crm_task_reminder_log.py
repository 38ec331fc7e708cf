from odoo import api, fields, models
from odoo.exceptions import UserError

from ....tools import progress
from ....tools.outcomes import IN_HAND_STATES

#: What a person may do with a message that is in one of these states.
CAN_SEND_AGAIN = ("failed", "unconfirmed")
CAN_MARK_SENT = ("unconfirmed",)


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
        words = [
            " ".join(filter(None, (name, address))),
            self._get_label("state"),
            reminders._format_moment(self.handed_over_at),
        ]
        text = " · ".join(filter(None, words))
        return f"{text} ({reason})" if reason else text

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

        :return dict | None: an action that does it in batches, if they are many
        :raise UserError: a message is not one to be sent again
        :raise AccessError: the user may not edit the task
        """
        if len(self) > progress.BATCH_SIZE:
            return self._correct_in_batches(
                self.env._("Send again"), "action_send_again"
            )
        rows = self._check_correction(
            CAN_SEND_AGAIN,
            self.env._("Only failed and unconfirmed messages can be sent again."),
        )
        # sudo: the user's right to correct the messages was checked just before; what
        # they depend on is not all the user's to read
        outdated = self.env["crm.task.reminder.second.look"].sudo()._find_outdated(rows)
        for row in rows:
            if row in outdated:
                raise UserError(
                    self.env._(
                        "The reminder for %s can't be sent again: its task has "
                        "started, was closed or changed. Add a new reminder instead.",
                        row.recipient_name or row.address,
                    )
                )
        rows._set_state("queued")
        rows.write({"attempt_count": 0, "next_attempt_at": False})
        # sudo: whoever may edit the task need not have access to mails and SMS
        self.env["crm.task.reminder.hand.over"].sudo()._reset_outgoing(rows)
        rows.company_id._end_reminder_doubt()
        return None

    def action_mark_sent(self):
        """Note that somebody knows that unconfirmed messages arrived.

        :return dict | None: an action that does it in batches, if they are many
        :raise UserError: a message is not unconfirmed
        :raise AccessError: the user may not edit the task
        """
        if len(self) > progress.BATCH_SIZE:
            return self._correct_in_batches(
                self.env._("Mark as sent"), "action_mark_sent"
            )
        rows = self._check_correction(
            CAN_MARK_SENT,
            self.env._("Only unconfirmed messages can be marked as sent."),
        )
        rows._note_sent(self.env._("Marked by %s", self.env.user.name))
        rows.company_id._end_reminder_doubt()
        return None

    def _correct_in_batches(self, name, method):
        """Return the action that calls a method of the log for these, in batches."""
        return progress.in_batches(name, self, "crm.task.reminder.log", method)

    def _check_correction(self, states, refusal):
        """Check that the user may correct the messages; return them as superuser.

        :param tuple[str] states: those that the messages may be in
        :param str refusal: what to say when one is in another state
        """
        self.check_access("read")
        self.task_id.check_access("write")
        # sudo: the ledger is written by the service and these buttons alone
        rows = self.sudo()
        if any(row.state not in states for row in rows):
            raise UserError(refusal)
        return rows
