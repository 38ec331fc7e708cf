import logging
import random
import time
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from functools import partial

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import turn
from ...tools.transaction import retry
from .crm_task_reminder_queue import BATCH_SIZE

_logger = logging.getLogger(__name__)

#: First key of the advisory locks that say which runs are alive.
LOCK_SPACE = 0x7265_6D69


class CrmTaskReminderService(models.AbstractModel):
    """The automated operations service: sends what is due and logs what it did."""

    _name = "crm.task.reminder.service"
    _description = "Task Reminder Service"

    @api.model
    def _cron_run(self):
        """Send all due reminders of all companies whose automat is on.

        Each company is on its own: what fails in one is logged there and does not stop
        the others. When the time of the worker's turn is up, Odoo calls again.
        """
        # sudo: an administrator may let any user run the scheduled action; the ledger
        # is written by the service alone
        with turn.at_work(), ExitStack() as stack:
            shared = {}
            for channel in self._get_channels().values():
                shared |= stack.enter_context(channel._share_lines())
            self.sudo().with_context(**shared)._run_companies()

    @api.model
    def _run_companies(self):
        if retry(self.env, self._confirm_interrupted):
            self.env["ir.cron"]._commit_progress()
        waiting = self._get_busy_companies()
        while waiting:
            # Each has a batch in turn: one with many due does not hold up the others.
            share = BATCH_SIZE if len(waiting) > 1 else None
            more = []
            for company in self._shuffle(waiting):
                if not turn.has_time():
                    self.env["ir.cron"]._commit_progress(remaining=1)
                    return
                if self._try_company(company, share):
                    more.append(company)
            waiting = more

    @api.model
    def _try_company(self, company, share):
        """Send what is due in one company; log it where that fails.

        :param int | None share: see ``_send_due``
        :return bool: whether there is more
        """
        # Each commit forgets all that was read: what is of others is not read with it.
        company = company.with_prefetch()
        try:
            return self.with_company(company)._run_company(company, share)
        except Exception as error:
            if self.env.cr.closed:
                raise  # the next run goes on, by another connection
            _logger.exception("Reminders of company %s failed", company.id)
            self.env.cr.rollback()
            # If a run has begun, its row has the error already, see ``_open_run``.
            self._log_once(company, "error", str(error))
            self.env["ir.cron"]._commit_progress()
            return False

    @api.model
    def _run_company(self, company, share):
        """Send what is due in one company, until the worker's turn is over.

        :param int | None share: see ``_send_due``
        :return bool: whether there is more
        """
        if not self._has_work(company):
            return False
        # texts that go into the log are in the company's language
        lang = company.partner_id.lang or self.env.lang
        self = self.with_context(lang=lang)  # noqa: PLW0642
        if trouble := company._get_reminder_trouble():
            retry(self.env, partial(self._log_trouble, company, trouble))
            self.env["ir.cron"]._commit_progress()
            return False
        retry(self.env, company._end_reminder_trouble)
        with self._open_run(company) as run:
            return self._send_due(company, run, share)

    @api.model
    def _send_due(self, company, run, share):
        """Queue and hand over batch by batch what is due in one company.

        :param crm.task.reminder.log run: the row of this run of the service
        :param int | None share: about how many messages the company may send of each
            form before others have their turn; None if there are no others
        :return bool: whether there is more
        """
        cron = self.env["ir.cron"]
        queue = self.env["crm.task.reminder.queue"]
        decision = self.env["crm.task.reminder.decision"]
        while company.reminder_enabled:
            claimed = queue._queue_due(company, run)
            cron._commit_progress(claimed, remaining=1)
            taken = self._hand_over_all(company, run, share)
            if not turn.has_time():
                return True
            if claimed < BATCH_SIZE and not (share and taken >= share):
                retry(self.env, partial(self._log_limit, company, run))
                cron._commit_progress(remaining=0)
                return False
            if share:
                return True
            # asked again for each batch: switch and consent may end while a run lasts
            if decision._find_company_obstacle(company):
                return False
        return False

    @api.model
    def _hand_over_all(self, company, run, share):
        """Hand over what a company has queued, in all forms.

        :param crm.task.reminder.log run: the row of this run of the service
        :param int | None share: see ``_send_due``
        :return int: number of messages of the form of which most were taken
        """
        hand_over = self.env["crm.task.reminder.hand.over"]
        return max(
            hand_over._hand_over(company, channel, run, share)
            for channel in self._shuffle(self._get_channels().values())
        )

    @api.model
    def _get_channels(self):
        return self.env["crm.task.reminder.mixin"]._get_channels()

    @api.model
    def _shuffle(self, members):
        """Return companies or channels in a random order.

        So a company with a slow mail server does not always delay the same others, and
        neither form always uses up the limit of messages per hour.
        """
        members = list(members)
        return random.sample(members, len(members))

    @api.model
    @contextmanager
    def _open_run(self, company):
        """Give the row of the log that stands for this run.

        While the run is open, its worker holds an advisory lock of the database session
        on it: that is how others see that it is alive. PostgreSQL lets go of the lock
        when the worker dies.
        """
        started = time.monotonic()
        cron = self.env["ir.cron"]
        run = self.env["crm.task.reminder.log"].create(
            {"operation": "service", "company_id": company.id, "state": "running"}
        )
        self._execute_lock("pg_advisory_lock", run)
        try:
            # committed, as a batch that is rolled back must find it again
            cron._commit_progress()
            yield run
            run._set_state("finished", run.reason)
            run.duration = time.monotonic() - started
            cron._commit_progress()
        except Exception as error:
            if not self.env.cr.closed:
                self.env.cr.rollback()
                self._end_interrupted(run, "error", str(error))
                run.duration = time.monotonic() - started
                cron._commit_progress()
            raise
        finally:
            if not self.env.cr.closed:
                # Odoo keeps the connection and gives it to others: the lock would stay.
                self.env.cr.rollback()
                self._execute_lock("pg_advisory_unlock", run)

    @api.model
    def _execute_lock(self, function, run):
        """Call an advisory lock function of PostgreSQL on a run; return its result."""
        function = SQL.identifier(function)
        query = SQL("SELECT %s(%s, %s)", function, LOCK_SPACE, run.id)
        return self.env.execute_query(query)[0][0]

    @api.model
    def _log_trouble(self, company, reason):
        """Log what keeps a company from sending, and tell an administrator."""
        if company._take_reminder_turn() and self._log_once(company, reason):
            company._note_reminder_trouble()

    @api.model
    def _log_once(self, company, reason, detail=""):
        """Log why a company's reminders are not sent, once until it changes.

        :param str reason: one of ``REASONS``
        :return bool: whether it is news
        """
        log = self.env["crm.task.reminder.log"]
        last = log.search(
            [("operation", "=", "service"), ("company_id", "=", company.id)], limit=1
        )
        if last.reason == reason:
            return False
        log.create(
            {
                "operation": "service",
                "company_id": company.id,
                "state": "failed",
                "reason": reason,
                "detail": detail,
            }
        )
        return True

    @api.model
    def _log_limit(self, company, run):
        """Log that the rest has to wait for the next hour, once until then.

        :param crm.task.reminder.log run: the row of this run of the service
        """
        log = self.env["crm.task.reminder.log"]
        limits = self.env["crm.task.reminder.limit"]
        if limits._get_quota(company, 1) or not self._has_queued(company):
            return
        if not company._take_reminder_turn():
            return
        # asked together with the time, for both of which there is one index
        reached = [("company_id", "=", company.id), ("reason", "=", "limit")]
        an_hour_ago = fields.Datetime.now() - timedelta(hours=1)
        if not log.search([*reached, ("create_date", ">", an_hour_ago)], limit=1):
            run.reason = "limit"

    @api.model
    def _confirm_interrupted(self):
        """Find out what became of what a worker that died had in hand.

        Whether a worker is alive is asked of its advisory lock, not guessed by time.

        :return bool: whether there was anything to look at
        """
        hand_over = self.env["crm.task.reminder.hand.over"]
        log = self.env["crm.task.reminder.log"]
        at_work = log.search([("state", "in", ("running", "sending"))])
        runs = at_work.filtered(lambda row: row.state == "running")
        for run in runs:
            if self._execute_lock("pg_try_advisory_xact_lock", run):
                self._end_interrupted(run, "interrupted")
                self.env["crm.task.reminder.queue"]._blame_batch(run)
        # of a run whose row somebody has deleted in a way that Odoo does not see
        orphans = (at_work - runs).filtered(
            lambda row: row.state == "sending" and row.run_id.state != "running"
        )
        ended = orphans and hand_over._end_in_hand([("id", "in", orphans.ids)])
        asked = hand_over._ask_again()
        return bool(runs or ended or asked)

    @api.model
    def _end_interrupted(self, run, reason, detail=""):
        """End a run that did not come to its end, with what it had in hand."""
        hand_over = self.env["crm.task.reminder.hand.over"]
        hand_over._end_in_hand([("run_id", "=", run.id)], detail)
        run._set_state("failed", reason, detail)
