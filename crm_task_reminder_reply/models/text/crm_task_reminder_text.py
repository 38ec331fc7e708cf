from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.addons.crm_task_reminder.models.ledger.notice.crm_task_reminder_log import (
    TELLING,
)
from odoo.addons.crm_task_reminder.tools import schedule
from odoo.fields import Domain
from odoo.tools.constants import GC_UNLINK_LIMIT

from ..answer.crm_task_reminder_answer import MAX_TEXT

OUTCOMES = [
    ("answer", "Answer"),
    ("stop", "No more SMS"),
    ("thanks", "Thanks"),
    ("unclear", "Not understood"),
    ("several", "Several appointments"),
    ("moved", "About a time that has changed"),
    ("begun", "Begun or over"),
    ("former", "Not the customer's number any more"),
    ("older", "Older than the last answer"),
    ("staff", "Number of an employee"),
    ("unknown", "Nobody was reminded at this number"),
]
ACTIVITY = "crm_task_reminder_reply.mail_activity_type_text"
#: For how long after it a message may have been meant.
MEANT_FOR = timedelta(days=7)
#: How much the clocks of phone networks may differ from this one.
TOLERANCE = timedelta(minutes=5)


class CrmTaskReminderText(models.Model):
    """An SMS that somebody has written to a company, and what was made of it.

    It never changes a task: a caller's number can be forged.
    """

    _name = "crm.task.reminder.text"
    _description = "SMS from a Customer"
    _order = "id desc"
    _rec_name = "number"

    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="cascade"
    )
    is_shared = fields.Boolean(
        string="Shared Number",
        help="Another company sends from the same number, and it may be for that one.",
    )
    provider = fields.Char(required=True, help="Who has brought it.")
    ident = fields.Char(required=True, help="By what name the provider knows it.")
    number = fields.Char(required=True, index=True)
    body = fields.Text(string="Text")
    received_at = fields.Datetime(required=True)
    sent_at = fields.Datetime(required=True)
    outcome = fields.Selection(OUTCOMES)
    task_id = fields.Many2one(
        "project.task", index="btree_not_null", ondelete="set null"
    )
    partner_id = fields.Many2one(
        "res.partner", string="Customer", index="btree_not_null", ondelete="set null"
    )

    _once = models.Constraint(
        "UNIQUE (company_id, provider, ident)", "This text has been taken already."
    )

    # ------------------------------------------------------------------
    # What it may be about
    # ------------------------------------------------------------------

    def _find_messages(self):
        """Return the last message to this number about each task, the latest first.

        Of those that tell its start, if there is one: the others ask nothing.

        :return crm.task.reminder.log:
        """
        channel = self.env["crm.task.reminder.channel.sms"]._channel
        own = Domain(
            [
                ("company_id", "=", self.company_id.id),
                ("operation", "=", "customer"),
                ("channel", "=", channel),
                ("address", "=", self.number),
                ("task_id", "!=", False),
            ]
        )
        # what has left, or may have; each has an index of its own
        has_left = own & Domain("handed_over_at", "!=", False)
        in_doubt = own & Domain("state", "=", "unconfirmed")
        rows = self.env["crm.task.reminder.log"].search(
            has_left | in_doubt, order="handed_over_at desc nulls last, id desc"
        )
        rows = rows.filtered(self._may_mean)
        latest = {row.task_id: row for row in reversed(rows)}
        telling = rows.filtered(lambda row: row.moment in TELLING)
        latest.update((row.task_id, row) for row in reversed(telling))
        return rows & rows.browse(row.id for row in latest.values())

    def _may_mean(self, message):
        """Tell whether the text may be about a message to its number.

        :param crm.task.reminder.log message:
        """
        task = message.task_id
        sent_at = message.handed_over_at or message.create_date
        is_recent = sent_at >= self.sent_at - MEANT_FOR
        is_before = sent_at <= self.sent_at + TOLERANCE
        is_own = message.partner_id == task.partner_id or self._is_number_of(task)
        return is_before and is_own and (is_recent or not task._is_reminder_over())

    def _filter_addressed(self, messages):
        """Return the messages to who is still the task's customer, at this number.

        A number that was wrong, or is somebody else's by now, can't answer for them, no
        more than the link of such a message.

        :param crm.task.reminder.log messages:
        """
        own = messages.filtered(lambda row: row.partner_id == row.task_id.partner_id)
        channel = self.env["crm.task.reminder.channel.sms"]
        return own.filtered(
            lambda row: (
                row.address
                in row.task_id._get_reminder_customer_addresses(row.company_id, channel)
            )
        )

    def _filter_upcoming(self, messages):
        """Return the messages about tasks that have not ended.

        Of these, those to who is still their customer, if there is one.

        :param crm.task.reminder.log messages:
        """
        upcoming = messages.filtered(lambda row: not row.task_id._is_reminder_over())
        return self._filter_addressed(upcoming) or upcoming

    # ------------------------------------------------------------------
    # Who is to know
    # ------------------------------------------------------------------

    def _keep(self, outcome, message):
        """Note what was made of the text, also on the task that it is about.

        :param str outcome: one of ``OUTCOMES``
        :param crm.task.reminder.log message: the one that it answers, or empty
        """
        task = message.task_id
        # of two with this number the one whose task it is now, unless that is the
        # contact of another company, which has the task by now
        is_foreign = task.company_id - self.company_id
        partner = message.partner_id if is_foreign else task.partner_id
        self.write({"outcome": outcome, "task_id": task.id, "partner_id": partner.id})
        if task and outcome != "answer":  # that one writes a note of its own
            # of a number that is not the customer's any more nobody knows whose it is
            author = self._filter_addressed(message).partner_id
            task._message_log(
                body=self._in_office()._write_note(),
                author_id=author.id or None,
                email_from=(
                    self.company_id._get_reminder_note_sender() if author else None
                ),
            )

    def _is_number_of(self, task):
        """Tell whether the number is the one of a task's customer.

        :param project.task task:
        """
        channel = self.env["crm.task.reminder.channel.sms"]
        company = self.company_id
        return self.number in task._get_reminder_customer_addresses(company, channel)

    def _in_office(self):
        """Return the text in the language and zone of the company."""
        company = self.company_id
        lang = self.env["project.task"]._get_reminder_lang(company.partner_id.lang)
        return self.with_context(lang=lang, tz=company._get_reminder_tz())

    def _cut(self):
        """Return the text, as long as an answer may have it."""
        is_long = len(self.body) > MAX_TEXT
        return f"{self.body[: MAX_TEXT - 1]}…" if is_long else self.body

    def _write_note(self, others=None):
        """Return what was written and made of it, as HTML in which it is text.

        :param crm.task.reminder.log others: messages that it may be about
        """
        labels = dict(self._fields["outcome"]._description_selection(self.env))
        # a company that has the task by now need not know the customer of the former
        is_foreign = self.task_id.company_id - self.company_id
        is_former = is_foreign and self.partner_id != self.task_id.partner_id
        name = "" if is_former else self.partner_id.display_name
        names = (name, self._get_told_number())
        head = self.env._(
            "SMS of %(who)s: %(outcome)s",
            who=", ".join(filter(None, names)),
            outcome=labels.get(self.outcome, ""),
        )
        lines = Markup("<br/>").join(self.body.splitlines())
        note = Markup("<p>%s</p><blockquote>%s</blockquote>") % (head, lines)
        if others:
            write = self.env["crm.task.reminder"]._format_moment
            starts = "; ".join(map(write, sorted(others.mapped("start"))))
            told = self.env._("It may be about any of these: %s", starts)
            note += Markup("<p>%s</p>") % told
        return note

    def _get_told_number(self):
        """Return the number if the task's readers may know it, else an empty text.

        Nobody knows whose a number is that is not the customer's any more. That of the
        customer is on the contact, for who may read that; and a task of several
        companies is read by those of others.
        """
        task = self.task_id
        is_known = self._is_number_of(task) or not task.company_id
        return "" if is_known else self.number

    def _schedule_activity(self, upcoming):
        """Give somebody the text to read; several are one activity.

        :param crm.task.reminder.log upcoming: messages about tasks that have not ended
        """
        # no mail about it: the provider waits
        task = self.task_id.with_context(mail_activity_quick_update=True)
        answer = self.env["crm.task.reminder.answer"].new({"task_id": task.id})
        found, user = answer._find_activities(task, ACTIVITY, self.company_id)
        present = found[:1]
        if not user:
            return
        tz = schedule.pick_zone(user.tz, self.company_id._get_reminder_tz())
        reader = self.with_context(lang=user.lang, tz=tz)
        note = reader._write_note(others=upcoming if len(upcoming) > 1 else None)
        if present:
            note += present.note or Markup()
            present.write({"note": note, "user_id": user.id})
        else:
            task.activity_schedule(ACTIVITY, note=note, user_id=user.id)

    # ------------------------------------------------------------------
    # Removed
    # ------------------------------------------------------------------

    @api.autovacuum
    def _gc_old_texts(self):
        """Remove those as old as rows of the log that are removed."""
        days = self.env["crm.task.reminder.log"]._get_retention_days()
        if not days:
            return 0, False
        limit = fields.Datetime.now() - timedelta(days=days)
        texts = self.search(
            [("received_at", "<", limit)], limit=GC_UNLINK_LIMIT, order="id"
        )
        texts.unlink()
        return len(texts), len(texts) == GC_UNLINK_LIMIT
