import time
from contextlib import contextmanager
from functools import partial
from itertools import repeat

from odoo import api, models
from odoo.tools import split_every

from .....tools import turn
from .....tools.errors import (
    CallRefusedError,
    ReminderError,
    TemporaryError,
    UnconfirmedError,
)
from .....tools.sms_gateway import OneCall
from .....tools.transaction import retry
from ..crm_task_reminder_sms_provider import ACCOUNT_REASONS
from ..mail_message import BY_SERVICE

#: Calls for one that the gateway may refuse before all others have to wait. One bad
#: number of 100 takes seven or eight.
MAX_REFUSALS = 15
#: Context key: the ids of companies whose gateway has answered in this turn.
ANSWERED = "crm_task_reminder_sms_answered"


class CrmTaskReminderChannelSms(models.AbstractModel):
    """How SMS leave: in calls of a gateway, each marked before and after it."""

    _inherit = "crm.task.reminder.channel.sms"

    @api.model
    @contextmanager
    def _share_lines(self):
        with super()._share_lines() as shared:
            yield {**shared, ANSWERED: set()}

    @api.model
    def _iterate_portions(self, company):
        # one leaves alone at first only where it is not known whether anybody answers
        if company.id in self.env.context.get(ANSWERED, ()):
            return repeat(self._portion)
        return super()._iterate_portions(company)

    @api.model
    @contextmanager
    def _open_line(self, marks):
        yield marks

    @api.model
    def _send(self, rows, line):
        company = rows.company_id
        try:
            self._check_set_up(company)  # it may have changed while they waited
        except ReminderError as gap:
            raise TemporaryError(gap.reason, gap.detail) from gap
        provider = self._get_provider(company)
        provider._check_connection(company)
        answered = self.env.context.get(ANSWERED, set())
        seconds = None  # of the last call
        for call in split_every(provider._portion, rows.ids, rows.browse):
            if seconds and not turn.has_time(seconds):
                break
            answered.discard(company.id)
            started = time.monotonic()
            yield from self._send_call(call, provider, line, [])
            seconds = time.monotonic() - started
            answered.add(company.id)

    @api.model
    def _send_call(self, rows, provider, marks, refusals):
        """Send SMS in one call; in two if the gateway refuses it, for one of them.

        :param list[CallRefusedError] refusals: of this call so far
        """
        try:
            self._call(rows, provider, marks)
        except CallRefusedError as error:
            if len(rows) == 1:
                raise
            refusals.append(error)
            middle = len(rows) // 2
            for half in (rows[:middle], rows[middle:]):
                if len(refusals) >= MAX_REFUSALS:
                    raise
                try:
                    yield from self._send_call(half, provider, marks, refusals)
                except CallRefusedError as refusal:
                    yield half.filtered(lambda row: row.state == "sending"), refusal
            return
        if not all(marks.facts[row_id].is_accepted for row_id in rows.ids):
            yield from self._read_failures(rows, provider)

    @api.model
    def _call(self, rows, provider, marks):
        """Send SMS in one call of the gateway, marked before and after it.

        :raise ReminderError: what its failure means
        """
        uuids = self._get_uuids(rows)
        client = OneCall(
            provider._get_client(rows.company_id),
            before=partial(marks.begin, *rows.ids),
            after=partial(self._mark_answers, uuids, provider, marks),
            interpret=provider._read_exception,
        )
        texts = self._get_outgoing(rows)
        texts = texts.with_context(**{"sms_api": client, BY_SERVICE: True})
        try:
            retry(self.env, partial(texts._send, raise_exception=True))
        except ReminderError as error:
            if not isinstance(error, UnconfirmedError):  # none was taken
                marks.end(dict.fromkeys(rows.ids, (error, "")))
            raise

    @api.model
    def _read_failures(self, rows, provider):
        """Tell of SMS that were not accepted, beyond what Odoo's receipts tell."""
        results = rows.notification_id.grouped(
            lambda receipt: (receipt.failure_type, receipt.failure_reason or "")
        )
        for (failure_type, detail), receipts in results.items():
            members = rows.filtered(
                lambda row, ids=receipts: row.notification_id in ids
            )
            error = failure_type and self._read_failure(provider, failure_type, detail)
            if isinstance(error, (TemporaryError, UnconfirmedError)):
                yield members, error

    @api.model
    def _read_failure(self, provider, failure_type, detail=""):
        """Return what a failure of Odoo's means for an SMS.

        :return ReminderError:
        """
        reason = self._failure_reasons.get(failure_type, "error")
        is_gateway = reason == "sms_gateway"
        if reason in ACCOUNT_REASONS or is_gateway and provider._is_certain:
            # the gateway may come back, or somebody recharge the account
            return TemporaryError(reason, detail)
        if is_gateway or failure_type in provider._doubtful_failures:
            return UnconfirmedError("no_answer", detail)
        return ReminderError(reason, detail)

    @api.model
    def _get_uuids(self, rows):
        """Return dict[str, int]: what the gateway knows an SMS by → id of its row."""
        return {
            tracker.sms_uuid: row.id
            for row in rows
            for tracker in row.notification_id.sms_tracker_ids
        }

    @api.model
    def _mark_answers(self, row_ids, provider, marks, client, results):
        """Mark what the gateway has answered, before it is written.

        :param dict[str, int] row_ids: see ``_get_uuids``
        :param odoo.addons.sms.tools.sms_api.SmsApiBase client:
        :param list[dict] results: what it has returned
        """
        accepted = self.env["sms.sms"].IAP_TO_SMS_STATE_SUCCESS
        failures = client.PROVIDER_TO_SMS_FAILURE_TYPE
        outcomes = {}
        for result in results:
            uuid, state = result["uuid"], result["state"]
            error = None
            if state not in accepted:
                failure = failures.get(state, f"sms_{state}")
                error = self._read_failure(provider, failure)
            if uuid in row_ids and not isinstance(error, UnconfirmedError):
                outcomes[row_ids[uuid]] = error, ""
        marks.end(outcomes)

    @api.model
    def _note_accepted(self, rows):
        """Have a receipt come yet: an SMS that left has not been delivered."""
        rows.notification_id.sms_tracker_ids._action_update_from_sms_state("pending")
        self._get_outgoing(rows).write({"state": "pending", "failure_type": False})

    @api.model
    def _ask(self, rows):
        return {
            row: answer
            for company, members in rows.grouped("company_id").items()
            for row, answer in self._get_provider(company)._ask(members).items()
        }

    @api.model
    def _filter_askable(self, rows):
        return rows.filtered(
            lambda row: self._get_provider(row.company_id)._can_be_asked
        )

    @api.model
    def _filter_sent_by_asking(self, rows):
        return rows.filtered(
            lambda row: self._get_provider(row.company_id)._asks_by_sending
        )

    @api.model
    def _describe_doubt(self, row):
        if self._get_provider(row.company_id)._can_be_asked:
            return self.env._(
                "Nobody knows yet whether it arrived. The SMS provider is asked for it "
                "again and again for some hours."
            )
        return self.env._(
            "Nobody knows whether it arrived. A receipt may still come, which will say "
            "so here. Or ask the recipient, then mark it as sent or send it again."
        )
