from unittest.mock import patch

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..tools import smtp
from ..tools.errors import ReminderError, TemporaryError, UnconfirmedError
from ..tools.marks import SYNC_EVERY, Fact, MarkLostError, Marks
from .common import ReminderCommon

HAND_OVER = (
    "odoo.addons.crm_task_reminder.models.sending.in_hand.crm_task_reminder_hand_over"
)
#: What a mark may say of a message.
OUTCOMES = {
    "accepted": (None, "250 2.0.0 Ok: queued as 4711"),
    "refused": (ReminderError("refused", "550 No such user"), ""),
    "later": (TemporaryError("mail_server", "451 Greylisted"), ""),
    "doubtful": (UnconfirmedError("no_answer", "Connection lost"), ""),
}


@tagged("post_install", "-at_install")
class TestInHand(ReminderCommon):
    """What a worker that died had in hand: in doubt is only what nobody can know."""

    def _die(self, count, channel="email", begun=(), outcomes=None, crashed=False):
        """Have a worker die with messages in hand; return their rows.

        :param begun: positions of those that have begun to leave
        :param dict outcomes: position → what was answered
        :param bool crashed: whether PostgreSQL has crashed as well
        """
        lines = [
            self.line(channel=channel, duration=60 + number, unit="minutes")
            for number in range(count)
        ]
        task = self.create_task(*lines)
        self.pass_time(hours=1)
        with self._nothing_leaves():
            self.run_service(sms_error="jsonrpc_exception")
        rows = self.rows(task).sorted("id")
        self.assertEqual(rows.mapped("state"), ["queued"] * count)
        rows.write({"next_attempt_at": False, "attempt_count": 0, "reason": False})
        run = self.log.create(
            {
                "operation": "service",
                "company_id": self.company.id,
                "state": "running",
            }
        )
        rows.write({"state": "sending", "run_id": run.id})
        marks = self.env["crm.task.reminder.mark"]
        marks._plan(rows)
        for position, row in enumerate(rows):
            mark = marks.search([("log_id", "=", row.id)])
            mark.has_begun = position in begun
            if outcome := (outcomes or {}).get(position):
                mark.write({"has_begun": True, "outcome": Fact(True, outcome).dump()})
        if crashed:
            # PostgreSQL does so itself
            self.env["crm.task.reminder.era"].search([]).unlink()
        return rows

    def _nothing_leaves(self):
        servers = self.env.registry["ir.mail_server"]
        error = TemporaryError("mail_server", "down")
        return patch.object(servers, "_open_reminder_session", side_effect=error)

    def test_what_has_not_begun_leaves_by_itself(self):
        for channel in ("email", "sms"):
            with self.subTest(channel=channel):
                rows = self._die(3, channel)
                self.run_service()
                self.assertEqual(len(self.mails) + len(self.texts), 3)
                self.assertEqual(set(rows.mapped("state")), {"sent"})
                self.assertEqual(set(rows.mapped("attempt_count")), {0})

    def test_what_was_answered_is_as_the_answer_says(self):
        rows = self._die(4, outcomes=dict(enumerate(OUTCOMES.values())))
        self.run_service()
        self.assertFalse(self.mails)
        accepted, refused, later, doubtful = rows
        self.assertEqual(accepted.state, "sent")
        self.assertEqual(accepted.answer, "250 2.0.0 Ok: queued as 4711")
        self.assertTrue(accepted.handed_over_at)
        self.assertEqual(accepted.notification_id.notification_status, "sent")
        self.assertEqual((refused.state, refused.reason), ("failed", "refused"))
        self.assertEqual(refused.detail, "550 No such user")
        self.assertEqual((later.state, later.reason), ("queued", "mail_server"))
        self.assertEqual(later.attempt_count, 1)
        self.assertEqual(
            (doubtful.state, doubtful.reason), ("unconfirmed", "no_answer")
        )
        self.pass_time(minutes=2)
        self.run_service()
        self.assertEqual((len(self.mails), later.state), (1, "sent"))

    def test_accepted_sms_still_waits_for_its_receipt(self):
        [row] = self._die(1, "sms", outcomes={0: (None, "")})
        self.run_service()
        self.assertFalse(self.texts)
        self.assertEqual(row.state, "sent")
        self.assertEqual(row.notification_id.notification_status, "pending")

    def test_what_has_begun_without_an_answer_is_in_doubt(self):
        rows = self._die(
            5, begun=[2], outcomes={0: OUTCOMES["accepted"], 1: OUTCOMES["accepted"]}
        )
        self.run_service()
        self.assertEqual(len(self.mails), 2)
        states = ["sent", "sent", "unconfirmed", "sent", "sent"]
        self.assertEqual(rows.mapped("state"), states)
        self.assertEqual(rows[2].reason, "interrupted")

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

    def test_what_was_in_hand_before_there_were_marks_is_in_doubt(self):
        rows = self._die(2)
        self.env["crm.task.reminder.mark"].search([]).unlink()
        self.run_service()
        self.assertFalse(self.mails)
        self.assertEqual(set(rows.mapped("state")), {"unconfirmed"})

    def test_doubt_reaches_as_far_as_marks_may_be_lost_with_postgresql(self):
        """As many as PostgreSQL had not made sure of, and one for each session."""
        self.env["ir.mail_server"].search([]).reminder_sessions = 3
        self.company.reminder_mail_server_id.reminder_sessions = 7
        reach = SYNC_EVERY + 7
        count = reach + 5
        rows = self._die(
            count, begun=[2], outcomes={0: (None, ""), 1: (None, "")}, crashed=True
        )
        self.run_service()
        states = ["sent"] * 2 + ["unconfirmed"] * (1 + reach) + ["sent"] * 2
        self.assertEqual(rows.mapped("state"), states)

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

    def test_administrator_hears_of_messages_in_doubt_once(self):
        def get_activities():
            partner = self.company.partner_id
            return partner.activity_ids.filtered(
                lambda activity: "To Be Checked" in (activity.note or "")
            )

        first = self._die(2, begun=[0, 1])
        self.run_service()
        self.assertEqual(len(get_activities()), 1)
        self.assertTrue(get_activities().user_id._is_system())
        second = self._die(1, begun=[0])
        self.run_service()
        self.assertEqual(len(get_activities()), 1)
        first.action_mark_sent()
        self.assertEqual(len(get_activities()), 1)
        second.action_send_again()
        self.assertFalse(get_activities())

    def test_c12_queue_of_odoo_alone_knows_none_of_the_mails(self):
        """A server whose addons are not in place sends all that is *outgoing*."""
        waiting, doubtful = self._die(2, begun=[1])
        mails = (waiting + doubtful).message_id.mail_ids
        self.assertEqual(set(mails.mapped("state")), {"reminder"})
        with self._nothing_leaves():
            self.run_service()
        self.assertEqual((waiting.state, doubtful.state), ("queued", "unconfirmed"))
        self.assertEqual(set(mails.mapped("state")), {"reminder"})
        doubtful.action_send_again()
        self.assertEqual(set(mails.mapped("state")), {"reminder"})

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

    def test_any_death_leaves_in_doubt_only_what_nobody_knows(self):
        """Of whatever marks: not begun leaves, answered is known, the rest in doubt."""
        mark = st.sampled_from(["idle", "begun", *OUTCOMES])

        @settings(
            max_examples=15,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(st.lists(mark, min_size=1, max_size=6))
        def die(marks):
            begun = [place for place, kind in enumerate(marks) if kind == "begun"]
            outcomes = {
                place: OUTCOMES[kind]
                for place, kind in enumerate(marks)
                if kind in OUTCOMES
            }
            rows = self._die(len(marks), begun=begun, outcomes=outcomes)
            self.run_service()
            expected = {
                "idle": "sent",
                "begun": "unconfirmed",
                "accepted": "sent",
                "refused": "failed",
                "later": "queued",
                "doubtful": "unconfirmed",
            }
            self.assertEqual(
                rows.mapped("state"), [expected[kind] for kind in marks], marks
            )
            self.assertEqual(len(self.mails), marks.count("idle"))
            rows.task_id.unlink()

        die()
        self.assertTrue(issubclass(MarkLostError, Exception))
