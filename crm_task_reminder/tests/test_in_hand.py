"""What becomes of messages that a worker had in hand when it died."""

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from ..tools.marks import SYNC_EVERY, MarkLostError
from .in_hand import OUTCOMES, InHandCommon


@tagged("post_install", "-at_install")
class TestInHand(InHandCommon):
    """What a worker that died had in hand: in doubt is only what nobody can know."""

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
