import logging
from collections import defaultdict
from contextlib import contextmanager
from functools import partial
from itertools import chain, repeat

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL
from odoo.tools.mail import generate_tracking_message_id

from ..tools.errors import ReminderError, TemporaryError, UnconfirmedError
from ..tools.transaction import retry
from .ir_qweb import COMPILED

_logger = logging.getLogger(__name__)


class CrmTaskReminderChannel(models.AbstractModel):
    """How a reminder gets to its recipient; one model per form inherits from it.

    A channel turns deliveries into what Odoo sends anyway: a message on the task, a
    notification with the receipt, and a mail or an SMS. What it does not do is decide:
    that is the service's part.
    """

    _name = "crm.task.reminder.channel"
    _description = "Task Reminder Channel"

    #: Value of the reminder's ``channel``.
    _channel = None
    #: Messages in hand at once while they are handed over. As many are in doubt when
    #: the server crashes just then.
    _portion = None

    # ------------------------------------------------------------------
    # What differs between the channels
    # ------------------------------------------------------------------

    @api.model
    def _check_set_up(self, company):
        """Check that the company can send in this form.

        :raise ReminderError: with the reason when it can't
        """

    @api.model
    def _get_addresses(self, recipient):
        """Return the recipient's addresses in the form that is handed over.

        :param Recipient recipient:
        :return list[str]: at least one
        :raise ReminderError: when there is none, or none that is valid
        """
        raise NotImplementedError()

    @api.model
    def _get_active_addresses(self, recipient):
        """Return the addresses of a recipient who is not archived.

        :param Recipient recipient:
        :return list[str]: at least one
        :raise ReminderError: when the recipient can't be reached
        """
        if not recipient.active:
            raise ReminderError("archived")
        return self._get_addresses(recipient)

    @api.model
    def _get_blacklisted(self, addresses):
        """Return those of the addresses that Odoo's blacklist holds.

        :param list[str] addresses:
        :return set[str]:
        """
        raise NotImplementedError()

    @api.model
    def _render(self, template, tasks):
        """Return the content per task, rendered in the context's language and zone.

        :param template: ``mail.template`` or ``sms.template``, as the operator
        :param project.task tasks: as the operator
        :return dict[int, dict]: task id → parts of the content
        """
        raise NotImplementedError()

    @api.model
    def _prepare_message(self, company, delivery):
        """Return what the chatter's message has of its own in this form."""
        raise NotImplementedError()

    @api.model
    def _create_outgoing(self, company, deliveries, messages):
        """Create the mails or SMS.

        :return list[dict]: the values of each delivery's ``mail.notification``
        """
        raise NotImplementedError()

    @api.model
    @contextmanager
    def _open_line(self):
        """Give what ``_send`` needs for all portions of a run, such as connections."""
        yield None

    @api.model
    def _send_test(self, company, recipient, address, content):
        """Send a content at once, outside of the queue, the chatter and the ledger.

        :param res.company company: whose account and operator are used
        :param Recipient recipient: the user who asked for it
        :param str address: the recipient's
        :param dict content: as ``_render`` returns it for a task
        :raise ReminderError: when it was refused
        """
        raise NotImplementedError()

    @api.model
    def _send(self, rows, line):
        """Hand the messages of ledger rows over; the receipts note the result.

        Rows that are left in *sending* are dealt with by the caller.

        :param crm.task.reminder.log rows: in state *sending*
        :param line: what ``_open_line`` gave
        :raise TemporaryError: those left can't be taken now; none of them was accepted
        :raise UnconfirmedError: whether those left were accepted is not known
        :raise ReminderError: those left are refused
        """
        raise NotImplementedError()

    @api.model
    def _note_sent(self, rows):
        """Write the receipts of what was sent, where Odoo has not done so."""

    @api.model
    def _get_outgoing(self, rows):
        """Return the mails or SMS of ledger rows, as far as they still exist."""
        raise NotImplementedError()

    @api.model
    def _filter_outgoing(self, rows):
        """Return the ledger rows whose mail or SMS still exists."""
        raise NotImplementedError()

    @api.model
    def _reset(self, rows):
        """Make the mails or SMS of ledger rows ready to be handed over once more."""
        raise NotImplementedError()

    @api.model
    def _withdraw(self, rows):
        """Cancel the mails or SMS of ledger rows, with their receipts.

        Odoo's general queues would find them otherwise once the addon is uninstalled.
        """
        raise NotImplementedError()

    # ------------------------------------------------------------------
    # Queue: due → rendered, on the task, in the ledger
    # ------------------------------------------------------------------

    @api.model
    def _queue(self, company, deliveries):
        """Create all that belongs to the deliveries, up to the ledger rows.

        :param res.company company:
        :param list[Delivery] deliveries: of one company, in this form
        :return list[dict]: values of the ledger rows
        """
        self._render_deliveries(company, deliveries)
        messages = self._create_messages(company, deliveries)
        notification_values = self._create_outgoing(company, deliveries, messages)
        notifications = self.env["mail.notification"].create(notification_values)
        log = self.env["crm.task.reminder.log"]
        return [
            {
                **log._prepare_row(delivery.reminder),
                "partner_id": delivery.recipient.partner.id,
                "employee_id": delivery.recipient.employee.id,
                "recipient_name": delivery.recipient.name,
                "address": delivery.address,
                "message_id": message.id,
                "notification_id": notification.id,
            }
            for delivery, message, notification in zip(
                deliveries, messages, notifications, strict=True
            )
        ]

    @api.model
    def _render_deliveries(self, company, deliveries, reader=None):
        """Fill the content of the deliveries: one rendering per language and zone.

        :param res.users reader: with whose rights; the operator's unless given
        """
        groups = defaultdict(list)
        for delivery in deliveries:
            recipient = delivery.recipient
            template = delivery.reminder._get_template()
            groups[template, recipient.lang, recipient.tz].append(delivery)
        compiled = {}
        for (template, lang, tz), members in groups.items():
            operator = company._get_reminder_environment(
                lang=lang, tz=tz, **{COMPILED: compiled}
            )
            operator = operator(user=reader) if reader else operator
            task_ids = list(dict.fromkeys(member.task.id for member in members))
            tasks = operator["project.task"].browse(task_ids)
            try:
                contents = self._render(template.with_env(operator), tasks)
            except UserError as error:
                raise ReminderError("template_error", str(error)) from error
            for member in members:
                member.content = contents[member.task.id]

    @api.model
    def _create_messages(self, company, deliveries):
        """Create one message per delivery on its task, written by the operator.

        The messages are internal notes: customers reach their tasks on the portal and
        are not to read what was written to the staff.
        """
        operator = company._get_reminder_environment()
        author = operator.user.partner_id
        # sudo: to read a task is not enough to log a message on it
        tasks = operator["project.task"].sudo()
        tasks = tasks.browse(delivery.task.id for delivery in deliveries)
        reply_to = tasks._notify_get_reply_to(
            default=author.email_formatted, author_id=author.id
        )
        common = {
            "model": tasks._name,
            "author_id": author.id,
            "email_from": author.email_formatted,
            "subtype_id": self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_note"),
            "is_internal": True,
            "email_add_signature": False,
            "record_company_id": company.id,
            "record_alias_domain_id": company.alias_domain_id.id,
        }
        messages = tasks._message_create(
            [
                {
                    **common,
                    "message_id": generate_tracking_message_id(
                        f"{delivery.task.id}-{tasks._name}"
                    ),
                    "reply_to": reply_to[delivery.task.id],
                    "partner_ids": delivery.recipient.partner.ids,
                    **self._prepare_message(company, delivery),
                }
                for delivery in deliveries
            ]
        )
        self._link_messages(messages, tasks)
        return messages

    @api.model
    def _link_messages(self, messages, tasks):
        """Put each message on its task, all by one query.

        Given to ``create``, the link would be entered for each message into the list of
        messages of its task: a fifth of all that queueing an SMS costs.
        """
        query = SQL(
            "UPDATE mail_message SET res_id = link.task_id "
            "FROM unnest(%s::int[], %s::int[]) AS link(id, task_id) "
            "WHERE mail_message.id = link.id",
            list(messages._ids),
            list(tasks._ids),
        )
        self.env.cr.execute(query)
        messages.invalidate_recordset(["res_id"], flush=False)
        tasks.invalidate_recordset(["message_ids"], flush=False)

    # ------------------------------------------------------------------
    # Hand over: in the ledger → accepted by the mail server or the gateway
    # ------------------------------------------------------------------

    @api.model
    def _hand_over(self, company, run):
        """Hand over what is queued, in portions, each claimed before it is sent.

        The claim is committed before the mail server or the gateway is called: a crash
        after that leaves the rows in *sending*, and the next run shows them as
        unconfirmed instead of sending them again.

        :param res.company company:
        :param crm.task.reminder.log run: the row of this run of the service
        :return bool: whether there is time left
        """
        cron = self.env["ir.cron"]
        with self._open_line() as line:
            # One alone at first: a gateway that takes messages and does not answer
            # leaves that one in doubt in each run, not a portion.
            for limit in chain([1], repeat(self._portion)):
                rows = retry(self.env, partial(self._take, company, run, limit))
                if not rows:
                    break
                time_left = cron._commit_progress()
                in_hand = rows.filtered(lambda row: row.state == "sending")
                is_in_order = not in_hand or self._hand_over_portion(in_hand, line)
                cron._commit_progress()
                # a portion leaves in any case, or some would always come too late
                if not is_in_order or (limit > 1 and not time_left):
                    return bool(time_left)
        return True

    @api.model
    def _take(self, company, run, limit):
        """Claim the next portion and note that it is in hand.

        :param int limit: number of messages at most
        :return crm.task.reminder.log: also those that turned out to be outdated
        """
        log = self.env["crm.task.reminder.log"]
        rows = log._claim_queued(company, self._channel, limit)
        older = rows.filtered(lambda row: not row._is_fresh())
        in_hand = (rows - older) + older._drop_outdated()
        in_hand = in_hand._hold_back(company)
        in_hand.write({"state": "sending", "run_id": run.id})
        return rows

    @api.model
    def _hand_over_portion(self, rows, line):
        """Send the messages of ledger rows and note what has no receipt.

        :param crm.task.reminder.log rows: in state *sending*, committed
        :param line: see ``_open_line``
        :return bool: whether the mail server or the gateway is in order
        """
        try:
            error = self._send_and_note(rows, line)
            self.env.flush_all()
        except Exception as unexpected:
            _logger.exception("Handing over reminders by %s failed", self._channel)
            self.env.cr.rollback()
            error = UnconfirmedError("no_answer", str(unexpected))
        open_rows = rows.filtered(lambda row: row.state == "sending")
        if isinstance(error, TemporaryError):
            open_rows._put_off(error.reason, error.detail)
        else:
            is_unconfirmed = isinstance(error, UnconfirmedError)
            state = "unconfirmed" if is_unconfirmed else "failed"
            open_rows._close(state, error.reason, error.detail)
        return not open_rows

    @api.model
    def _send_and_note(self, rows, line):
        """Send, and return what it means for the rows that are still in *sending*."""
        try:
            self._send(rows, line)
            error = UnconfirmedError("no_answer")
        except ReminderError as reminder_error:
            error = reminder_error
        self._note_sent(rows)
        return error
