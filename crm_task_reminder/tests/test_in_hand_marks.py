"""The marks of messages in hand while their worker lives."""

from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..tools import smtp
from ..tools.errors import TemporaryError, UnconfirmedError
from ..tools.marks import Marks
from .in_hand import InHandCommon

HAND_OVER = (
    "odoo.addons.crm_task_reminder.models.sending.in_hand.crm_task_reminder_hand_over"
)


@tagged("post_install", "-at_install")
class TestInHandMarks(InHandCommon):
    """A worker that lives sends by its marks alone, and loses no answer."""

    def test_worker_that_lives_knows_what_has_not_begun(self):
        """Its connection was cut as the mark was written, so it sent nothing."""
        [row] = rows = self._die(1, begun=[0])
        marks = self._remember(rows)
        self.run_service()
        self.assertEqual(row.state, "unconfirmed")
        hand_over = self.env["crm.task.reminder.hand.over"]
        hand_over._settle_late(rows, marks, UnconfirmedError("interrupted"))
        self.run_service()
        self.assertEqual((len(self.mails), row.state), (1, "sent"))

    def test_worker_that_lives_leaves_what_another_one_has_in_hand(self):
        """It was held for dead, and what it had not begun is on its way by another."""
        rows = self._die(2)
        marks = self._remember(rows)
        taken = []

        def send(_channel, members, line):
            line.marks.begin(*members.ids)
            hand_over = self.env["crm.task.reminder.hand.over"]
            hand_over._settle_late(rows, marks, UnconfirmedError("interrupted"))
            taken.append((rows.mapped("state"), self._find_begun(rows)))
            line.marks.end(dict.fromkeys(members.ids, (None, "250 Ok")))
            yield from ()

        email = self.env.registry["crm.task.reminder.channel.email"]
        with patch.object(email, "_send", send):
            self.run_service()
        self.assertEqual(taken, [(["sending"] * 2, [True, True])])
        self.run_service()
        self.assertFalse(self.mails)
        self.assertEqual(rows.mapped("state"), ["sent"] * 2)

    def _remember(self, rows):
        """Return what a worker knows of messages that it has not begun to send."""
        marks = Marks(self.fail, is_own=False)
        marks.plan(rows.run_id.id, rows.ids)
        return marks

    def _find_begun(self, rows):
        marks = self.env["crm.task.reminder.mark"].search([("log_id", "in", rows.ids)])
        return marks.mapped("has_begun")

    def test_what_is_on_its_way_when_a_mail_server_goes_is_as_its_marks_say(self):
        """Other sessions may have taken mails of which nobody was told yet."""
        tasks = [self.create_task(self.line(channel="email")) for _mail in range(3)]
        self.pass_time(hours=1)

        def send(_channel, rows, line):
            first, second, _third = rows.ids
            line.marks.begin(first, second)
            line.marks.end({first: (None, "250 Ok")})
            yield from ()
            raise TemporaryError("mail_server", "gone")

        email = self.env.registry["crm.task.reminder.channel.email"]
        with patch.object(email, "_send", send):
            self.run_service()
        rows = self.log.search(
            [("task_id", "in", [task.id for task in tasks])], order="id"
        )
        self.assertEqual(rows.mapped("state"), ["sent", "unconfirmed", "queued"])
        self.assertEqual(rows[0].answer, "250 Ok")
        self.assertEqual((rows[2].reason, rows[2].attempt_count), ("mail_server", 1))

    def test_addon_that_hands_mails_over_in_its_own_way(self):
        """It does so while Odoo makes the mail, so that is marked before."""
        taken = []

        def send_email(_server, message, **_kwargs):
            marks = self.env["crm.task.reminder.mark"].search([])
            taken.append((message["To"], marks.mapped("has_begun")))
            return message["Message-Id"]

        servers = self.env.registry["ir.mail_server"]
        with patch.object(servers, "send_email", send_email):
            task = self.send(self.line(channel="email"))
        [(address, begun)] = taken
        self.assertIn("karol@klient.example", address)
        self.assertEqual(begun, [True])
        self.assertFalse(self.emails)
        self.assertEqual(self.rows(task).state, "sent")

    def test_marks_are_gone_when_the_ledger_has_the_result(self):
        self.send(self.line(channel="email"), self.line("operator"))
        self.assertFalse(self.env["crm.task.reminder.mark"].search([]))
        rows = self._die(2)
        self.assertEqual(len(self.env["crm.task.reminder.mark"].search([])), 2)
        self.env["crm.task.reminder.mark"]._gc_marks()
        self.assertEqual(len(self.env["crm.task.reminder.mark"].search([])), 2)
        rows.state = "queued"
        self.env["crm.task.reminder.mark"]._gc_marks()
        self.assertFalse(self.env["crm.task.reminder.mark"].search([]))

    def test_no_message_leaves_whose_mark_others_have_taken(self):
        """A worker that is held for dead, because its connection broke, may live."""
        tasks = [self.create_task(self.line(channel="email")) for _mail in range(3)]
        self.pass_time(hours=1)
        send = smtp.SmtpSession.send

        def take_second(session, *args):
            if session.count == 1:
                self.env.cr.execute("DELETE FROM crm_task_reminder_mark")
            send(session, *args)

        with patch.object(smtp.SmtpSession, "send", take_second):
            self.run_service()
        rows = self.log.search([("task_id", "in", [task.id for task in tasks])])
        self.assertEqual(len(self.emails), 1)
        self.assertEqual(sorted(rows.mapped("state")), ["queued", "queued", "sent"])

    @mute_logger(HAND_OVER)
    def test_answers_are_not_lost_with_the_transaction(self):
        """What was accepted is sent, whatever goes wrong behind it."""
        tasks = [self.create_task(self.line(channel="email")) for _mail in range(3)]
        self.pass_time(hours=1)
        email = self.env.registry["crm.task.reminder.channel.email"]
        with patch.object(email, "_note_sent", side_effect=ValueError("no room")):
            self.run_service()
        rows = self.log.search([("task_id", "in", [task.id for task in tasks])])
        self.assertEqual(len(self.emails), 3)
        self.assertEqual(rows.mapped("state"), ["sent"] * 3)
        self.run_service()
        self.assertFalse(self.mails)
