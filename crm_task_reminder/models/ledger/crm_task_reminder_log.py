from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import LazyTranslate
from odoo.tools.constants import GC_UNLINK_LIMIT

from ...tools import parameters
from ...tools.outcomes import (
    COMING_BACK,
    OPEN_STATES,
    OPERATIONS,
    REASONS,
    STATES,
    TROUBLED_STATES,
)

_lt = LazyTranslate(__name__)
#: Instead of a reason; of this label of a field Odoo exports no text by itself.
NO_PROBLEM = _lt("No problem")
DEFAULT_RETENTION_DAYS = 365
#: A hundred years. Far more, and the calendar has no such day.
MAX_RETENTION_DAYS = 36_500


class CrmTaskReminderLog(models.Model):
    """The ledger of messages and the log of the service in one.

    A row per (reminder, start of the task, channel, address), unique in the database; a
    row for every reminder that was not sent, with its reason; a row per run.
    """

    _name = "crm.task.reminder.log"
    _description = "Task Reminder Log"
    _order = "id desc"

    operation = fields.Selection(OPERATIONS, required=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="cascade"
    )
    run_id = fields.Many2one(
        "crm.task.reminder.log",
        index="btree_not_null",
        ondelete="set null",
        help="The run of the service that sent it.",
    )
    reminder_id = fields.Many2one(
        "crm.task.reminder", index="btree_not_null", ondelete="set null"
    )
    task_id = fields.Many2one(
        "project.task", index="btree_not_null", ondelete="set null"
    )
    task_name = fields.Char(string="Task Title", help="Kept when the task is deleted.")
    partner_id = fields.Many2one(
        "res.partner", string="Contact", index="btree_not_null", ondelete="set null"
    )
    recipient_name = fields.Char(string="Recipient")
    employee_id = fields.Many2one(
        "hr.employee",
        index="btree_not_null",
        ondelete="set null",
        groups=fields.NO_ACCESS,
        help="Whose address it may be, where it is not the contact's.",
    )
    channel = fields.Selection("_get_channel_selection", string="Form")
    address = fields.Char(help="The e-mail address or phone number that was used.")
    start = fields.Datetime(help="The start of the task that was reminded of.")
    due_at = fields.Datetime(string="Due")
    handed_over_at = fields.Datetime(
        help="When the mail server or the gateway accepted it."
    )
    attempt_count = fields.Integer(
        string="Failed Attempts",
        readonly=True,
        default=0,
        help="How often the mail server or the gateway could not take it.",
    )
    next_attempt_at = fields.Datetime(
        string="Next Attempt", readonly=True, help="Until when it waits after a fault."
    )
    state = fields.Selection(STATES, required=True)
    # what was sent has no reason; grouped by it, the log needs a name for those rows
    reason = fields.Selection(REASONS, falsy_value_label=NO_PROBLEM)
    detail = fields.Text(help="What the mail server, the gateway or Odoo said.")
    reason_text = fields.Char(string="Why", compute="_compute_reason_text")
    summary = fields.Char(string="Remarks", compute="_compute_summary")
    message_id = fields.Many2one(
        "mail.message", index="btree_not_null", ondelete="set null"
    )
    message_preview = fields.Char(string="Text", compute="_compute_message_preview")
    notification_id = fields.Many2one(
        "mail.notification", index="btree_not_null", ondelete="set null"
    )
    duration = fields.Float(string="Seconds", help="How long the run took.")
    queued_count = fields.Integer(string="Messages")
    not_sent_count = fields.Integer(string="Not Sent")

    _queued_idx = models.Index(
        "(company_id, channel, attempt_count, start, id) WHERE state = 'queued'"
    )
    _doubtful_idx = models.Index(
        "(company_id, id) WHERE state IN ('failed', 'unconfirmed')"
    )
    # Holds all that is asked of these rows, so that the table itself is not read: there
    # may be many, each on another page of it.
    _troubled_idx = models.Index(
        "(task_id, reminder_id, due_at, reason) "
        "WHERE state IN ('failed', 'unconfirmed', 'skipped', 'missed')"
    )
    _handed_over_idx = models.Index(
        "(company_id, handed_over_at) WHERE handed_over_at IS NOT NULL"
    )
    _address_idx = models.Index(
        "(address, handed_over_at) WHERE handed_over_at IS NOT NULL"
    )
    _service_idx = models.Index("(company_id, id) WHERE operation = 'service'")
    # runs, and what they have in hand
    _running_idx = models.Index(
        "(company_id, state) WHERE state IN ('running', 'sending')"
    )
    _limit_idx = models.Index("(company_id, create_date) WHERE reason = 'limit'")
    _created_idx = models.Index("(create_date, id)")

    @api.model
    def _get_channel_selection(self):
        """Return the channels that a reminder may have, in the reader's words."""
        channel = self.env["crm.task.reminder"]._fields["channel"]
        return channel._description_selection(self.env)

    # ------------------------------------------------------------------
    # What a person reads
    # ------------------------------------------------------------------

    @api.depends("operation", "recipient_name", "task_name")
    def _compute_display_name(self):
        for row in self:
            if row.operation == "service":
                row.display_name = self.env._("Run of the service")
            else:
                names = filter(None, (row.recipient_name, row.task_name))
                row.display_name = " – ".join(names)

    @api.depends("reason", "detail")
    @api.depends_context("lang")
    def _compute_reason_text(self):
        for row in self:
            words = filter(None, (row._get_label("reason"), row.detail))
            row.reason_text = ": ".join(words)

    @api.depends("reason_text", "queued_count", "not_sent_count")
    @api.depends_context("lang")
    def _compute_summary(self):
        for row in self:
            words = [row.reason_text]
            if row.queued_count:
                words.append(self.env._("messages: %s", row.queued_count))
            if row.not_sent_count:
                words.append(self.env._("not sent: %s", row.not_sent_count))
            row.summary = ", ".join(filter(None, words))

    @api.depends("message_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_message_preview(self):
        """Show the text to those who may read it in the chatter of the task."""
        readable = self.message_id._filtered_access("read")
        for row in self:
            row.message_preview = (row.message_id & readable).preview or ""

    @api.model
    def _explain(self, error):
        """Return in the reader's language why a reminder is not sent.

        :param ReminderError error:
        :return str:
        """
        row = self.new({"reason": error.reason, "detail": error.detail})
        return row.reason_text

    def _is_troubled(self):
        """Tell whether the recipient has not got the message, or may not have it."""
        self.ensure_one()
        return self.state in TROUBLED_STATES and self.reason not in COMING_BACK

    def _get_label(self, name):
        """Return the value of a selection field as the reader reads it."""
        labels = self._fields[name]._description_selection(self.env)
        return dict(labels).get(self[name], "")

    # ------------------------------------------------------------------
    # Rows
    # ------------------------------------------------------------------

    @api.model
    def _prepare_row(self, reminder, state="queued", reason=False, detail=""):
        """Return the values of a row about a reminder.

        :param crm.task.reminder reminder:
        :param str state: one of ``STATES``
        :param str reason: one of ``REASONS``, when nothing is sent
        :param str detail: what a person needs to know beyond the reason
        """
        task = reminder.task_id
        return {
            "operation": reminder.audience,
            "company_id": reminder.company_id.id,
            "reminder_id": reminder.id,
            "task_id": task.id,
            # a private task is nobody's but its assignees'
            "task_name": task.project_id.id and task.name,
            "channel": reminder.channel,
            "start": reminder._get_anchor(),
            "due_at": reminder.due_at,
            "state": state,
            "reason": reason,
            "detail": detail,
        }

    @api.model
    def _prepare_refusal_row(self, refusal):
        """Return the values of the ledger row of somebody who gets nothing.

        :param Refusal refusal:
        :return dict:
        """
        error, recipient = refusal.error, refusal.recipient
        row = self._prepare_row(
            refusal.reminder, refusal.state, error.reason, error.detail
        )
        if recipient:
            row["partner_id"] = recipient.partner.id
            row["employee_id"] = recipient.employee.id
            row["recipient_name"] = recipient.name
            if refusal.address:
                row["address"] = refusal.address
        return row

    def _set_state(self, state, reason=False, detail=""):
        """Give the rows a state and, unless they were sent, the reason for it."""
        self.write({"state": state, "reason": reason, "detail": detail})

    def _note_sent(self, detail=""):
        """Give the rows of messages that have left their receipt and state.

        :param str detail: how that is known
        """
        self.notification_id.write({"notification_status": "sent"})
        self._set_state("sent", False, detail)

    # ------------------------------------------------------------------
    # Retention
    # ------------------------------------------------------------------

    @api.model
    def _get_retention_days(self):
        """Return for how many days rows are kept; 0: for ever."""
        return parameters.get_number(
            self.env,
            "crm_task_reminder.log_days",
            DEFAULT_RETENTION_DAYS,
            MAX_RETENTION_DAYS,
        )

    @api.autovacuum
    def _gc_old_rows(self):
        """Remove rows older than ``crm_task_reminder.log_days`` days (0 keeps all)."""
        days = self._get_retention_days()
        if not days:
            return 0, False
        now = fields.Datetime.now()
        rows = self.search(
            [
                ("create_date", "<", now - timedelta(days=days)),
                ("state", "not in", OPEN_STATES),
                # rows of future starts stay: they keep messages from being sent twice
                "|",
                ("start", "=", False),
                ("start", "<", now),
            ],
            limit=GC_UNLINK_LIMIT,
            order="create_date, id",
        )
        rows.unlink()
        return len(rows), len(rows) == GC_UNLINK_LIMIT
