from contextlib import contextmanager
from itertools import chain, repeat

from odoo import api, models


class CrmTaskReminderChannel(models.AbstractModel):
    """How messages leave, and what is known of those that may have left."""

    _inherit = "crm.task.reminder.channel"

    @api.model
    @contextmanager
    def _share_lines(self):
        """Keep open what the lines of a turn may share, from one company to the next.

        :yield dict: values of the context in which those lines are opened
        """
        yield {}

    @api.model
    @contextmanager
    def _open_line(self, marks):
        """Give what ``_send`` needs for all portions of a run, such as connections.

        :param Marks marks: by which a channel that marks each message does so
        """
        yield None

    @api.model
    def _iterate_portions(self, company):
        """Return how many messages are handed over at once, portion after portion.

        One leaves alone at first: when a gateway takes messages and does not answer,
        only that one is in doubt after a run, not a whole portion.
        """
        return chain([1], repeat(self._portion))

    @api.model
    def _send(self, rows, line):
        """Hand the messages of ledger rows over; tell of each what the answer was.

        Of rows that it tells nothing of, their marks tell: those that have begun to
        leave and have no answer are in doubt. What is raised is about those that have
        not begun; of a channel that does not mark each message, about all others.

        :param crm.task.reminder.log rows: in hand, their messages locked by nobody else
        :param line: what ``_open_line`` gave
        :yield tuple[crm.task.reminder.log, ReminderError | None]: rows, and None where
            Odoo's receipts tell the result, else the error of ``_send`` for them
        :raise TemporaryError: the others can't be taken now; none of them was accepted
        :raise UnconfirmedError: whether the others were accepted is not known
        :raise ReminderError: the others are refused
        """
        raise NotImplementedError()

    @api.model
    def _note_sent(self, rows):
        """Write the receipts of what was sent, where Odoo has not done so.

        :param crm.task.reminder.log rows: of which ``_send`` has told no error
        """
        rows.notification_id.write({"notification_status": "sent"})

    @api.model
    def _note_accepted(self, rows):
        """Write the receipts of what has left, where what ``_send`` wrote is lost.

        :param crm.task.reminder.log rows:
        """
        rows.notification_id.write({"notification_status": "sent"})

    @api.model
    def _ask(self, rows):
        """Find out what became of messages in doubt, as after the death of a worker.

        :param crm.task.reminder.log rows:
        :return dict[crm.task.reminder.log, bool]: whether the message has left, for
            those of which it can be known
        """
        return {}

    @api.model
    def _filter_askable(self, rows):
        """Return those of messages in doubt for which it is worth to ask again later.

        :param crm.task.reminder.log rows:
        """
        return rows.browse()

    @api.model
    def _filter_sent_by_asking(self, rows):
        """Return the messages in doubt that ``_ask`` may send by asking for them.

        Of these it is given those alone that the service would send now.

        :param crm.task.reminder.log rows:
        """
        return rows.browse()

    @api.model
    def _describe_doubt(self, row):
        """Return in words what a person may do about a message in doubt.

        :param crm.task.reminder.log row: unconfirmed
        """
        return self.env._(
            "Nobody knows whether it arrived. Ask the recipient, then mark it as sent "
            "or send it again."
        )
