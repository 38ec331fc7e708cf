import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.crm_task_reminder.models.ledger.notice.crm_task_reminder_log import (
    TELLING,
)
from odoo.addons.crm_task_reminder.tools import schedule

from ....tools import wording
from ...answer.crm_task_reminder_answer import MAX_TEXT
from ..crm_task_reminder_answer import BY_SMS
from ..crm_task_reminder_text import TOLERANCE

_logger = logging.getLogger(__name__)

#: Outcomes after which a person has to read it.
FOR_A_PERSON = ("unclear", "several", "moved", "begun", "former")
#: Meanings that need no answer once the appointment has begun.
POLITE = (wording.COMING, wording.THANKS)
#: Characters that are kept of a text: an SMS has at most ten parts.
MAX_BODY = 1600
#: Texts of one number in an hour. Of what is more, only the wish to get none is heard.
HOURLY_LIMIT = 20
#: No text takes longer than that; an older one's time is none.
OLDEST = timedelta(days=365)


class CrmTaskReminderText(models.Model):
    """How a text is taken: once, and for the task that it is about."""

    _inherit = "crm.task.reminder.text"

    # ------------------------------------------------------------------
    # Taken
    # ------------------------------------------------------------------

    @api.model
    def _find_written_to(self, company, text):
        """Return the companies that a text is for.

        :param res.company company: to whose account it was brought
        :param IncomingText text:
        :return res.company:
        """
        return company

    @api.model
    def _receive_text(self, company, text, *, is_shared=False):
        """Take a text once, and do what it asks for.

        :param res.company company: that it is for
        :param IncomingText text:
        :param bool is_shared: whether it may be for another one instead
        :return crm.task.reminder.text: empty if it is known, or one too many
        """
        values = self._read_text(text)
        if self._find_taken(company, values):
            return self.browse()
        is_stop = wording.is_stop(values["body"])
        if not is_stop and self._is_too_much(company, values["number"]):
            _logger.warning("More than %s SMS of a number in an hour", HOURLY_LIMIT)
            return self.browse()
        # of a task of several companies, it is for the one that was written to
        own = self.with_company(company)
        place = {"company_id": company.id, "is_shared": is_shared}
        received = own.create({**values, **place})
        if is_stop:
            received._take_stop()
        else:
            received._take_answer()
        return received

    @api.model
    def _read_text(self, text):
        """Return what is kept of a text, whichever company it is for.

        :param IncomingText text:
        :return dict[str, Any]: values of fields
        """
        now = fields.Datetime.now()
        return {
            "provider": text.provider,
            "ident": text.ident.replace("\0", "")[:64],
            "number": self._read_number(text.number.replace("\0", "")),
            "body": text.body.replace("\0", "")[:MAX_BODY].strip(),
            "received_at": now,
            "sent_at": min(max(text.sent_at or now, now - OLDEST), now),
        }

    @api.model
    def _find_taken(self, companies, values):
        """Return what is kept of a text that was brought before.

        :param res.company companies: for whom
        :param dict[str, Any] values: as ``_read_text`` has them
        """
        key = [(name, "=", values[name]) for name in ("provider", "ident")]
        return self.search([("company_id", "in", companies.ids), *key])

    @api.model
    def _read_number(self, number):
        """Return a number as messages have it, else as it came: a name, a short one."""
        number = number.strip()[:32] or "?"
        return self.env["res.partner"].browse()._phone_format(number=number) or number

    @api.model
    def _is_too_much(self, company, number):
        """Tell whether a number has written as much as is taken in an hour."""
        since = fields.Datetime.now() - timedelta(hours=1)
        recent = [
            ("company_id", "=", company.id),
            ("number", "=", number),
            ("received_at", ">", since),
        ]
        return self.search_count(recent, limit=HOURLY_LIMIT) >= HOURLY_LIMIT

    # ------------------------------------------------------------------
    # No more SMS
    # ------------------------------------------------------------------

    def _take_stop(self):
        """Put the number onto the blacklist, whatever it was reminded of.

        Those of the staff are put onto none: they are needed for work.
        """
        self.ensure_one()
        if self.env["crm.task.reminder.link"]._is_staff_address(self.number):
            self.outcome = "staff"
            return
        channel = self.env["crm.task.reminder.channel.sms"]
        # not a name, nor a short number
        is_number = self.env["res.partner"]._phone_format(number=self.number)
        if is_number and not channel._get_blacklisted([self.number]):
            note = self._in_office().env._(
                "By an SMS from %(number)s to %(company)s: “%(text)s”",
                number=self.number,
                company=self.company_id.name,
                text=self.body[:MAX_TEXT],
            )
            channel._put_on_blacklist([self.number], note)
        self._keep("stop", self._find_messages()[:1])

    # ------------------------------------------------------------------
    # An answer
    # ------------------------------------------------------------------

    def _take_answer(self):
        """Keep what the text answers; what is not clear is for a person to read."""
        self.ensure_one()
        messages = self._find_messages()
        if not messages:
            self.outcome = "unknown"
            return
        latest = messages[:1]
        upcoming = self._filter_upcoming(messages)
        context = self._get_context((upcoming or latest)[:1])
        meaning = wording.read(self.body, latest.link_id.lang or "", context)
        outcome = self._find_outcome(upcoming, meaning)
        self._keep(outcome, (upcoming or latest)[:1])
        if outcome == "answer":
            answer = self.env["crm.task.reminder.answer"]
            answer._record(self.task_id, meaning, BY_SMS, text=self._cut())
        elif outcome in FOR_A_PERSON and not (outcome == "begun" and meaning in POLITE):
            self._schedule_activity(upcoming)

    def _get_context(self, message):
        """Return what is known of the text before it is read.

        :param crm.task.reminder.log message: the one that it answers
        :return wording.Context:
        """
        partner = message.partner_id
        # a firm's name has words in it that say something, such as “invoice”
        name = "" if partner.is_company else partner.name or ""
        if not message.start:
            return wording.make_context(name)
        # the clock by which the message has told the time
        told_tz = message.link_id.tz, message.task_id._get_reminder_customer_tz()
        tz = schedule.pick_zone(*told_tz, self.company_id._get_reminder_tz())
        start, sent = (
            schedule.to_local(moment, tz) for moment in (message.start, self.sent_at)
        )
        ahead = (start.date() - sent.date()).days
        return wording.make_context(
            name,
            {0: ["today"], 1: ["tomorrow"]}.get(ahead, []),
            start.replace(tzinfo=None),
            # “on Thursday” is the next one
            start.weekday() if 0 <= ahead < 7 else None,
        )

    def _find_outcome(self, upcoming, meaning):
        """Return what becomes of the text.

        :param crm.task.reminder.log upcoming: the last message about each task that
            has not ended
        :param str meaning: what it says, None if that is not clear
        :return str: one of ``OUTCOMES``
        """
        if meaning == wording.THANKS:
            return "thanks"
        if len(upcoming) > 1:
            return "several"
        task = upcoming.task_id
        if not task or task.planned_date_begin <= fields.Datetime.now():
            return "begun"
        if change := self._find_change(upcoming):
            return change
        if not meaning:
            return "unclear"
        return "older" if self._is_older(task) else "answer"

    def _find_change(self, message):
        """Return what has changed since a message, so that it can't be answered.

        :param crm.task.reminder.log message:
        :return str | None: one of ``OUTCOMES``
        """
        task = message.task_id
        # in the company that has sent the message, to which its link belongs
        if task.company_id - self.company_id:
            return "moved"
        if message.moment not in TELLING:
            return "unclear"  # as a reminder of its deadline: it asked about no start
        if message.partner_id != task.partner_id:
            return "unclear"  # of two who have one number: nobody knows who writes
        told = {message._get_told_start(), self._find_told_start(message)}
        if told != {task.planned_date_begin}:
            return "moved"
        return None if self._filter_addressed(message) else "former"

    def _find_told_start(self, message):
        """Return which start its writer was told last, False if it is called off.

        In any form: who has read since that it is another one, or that it is called
        off, does not say that the former one is all right.

        :param crm.task.reminder.log message: that tells a start
        """
        task, log = message.task_id, self.env["crm.task.reminder.log"]
        rows = log._find_telling_rows(task, ["customer"]).get((task.id, "customer"))
        rows = (rows or log)._filter_told_to(
            message.partner_id, self.env["hr.employee"]
        )
        rows |= message  # also if a receipt says that it failed: it was answered
        latest = self.sent_at + TOLERANCE
        rows = rows.filtered(lambda row: row._get_told_at()[0] <= latest)
        return rows.sorted(lambda row: row._get_told_at())[-1:]._get_told_start()

    def _is_older(self, task):
        """Tell whether the customer has answered since: texts come in any order."""
        later = [("id", "!=", self.id), ("sent_at", ">", self.sent_at)]
        own = [("task_id", "=", task.id), ("outcome", "=", "answer")]
        if self.search_count([*own, *later, ("number", "=", self.number)], limit=1):
            return True
        answer = task._get_reminder_answer()
        return answer.way != BY_SMS and bool(
            answer.answered_at and answer.answered_at > self.sent_at
        )
