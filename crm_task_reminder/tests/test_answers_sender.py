from odoo.fields import Command
from odoo.tests import tagged

from .answers import AnswersCommon


@tagged("post_install", "-at_install")
class TestAnswersSender(AnswersCommon):
    """What is answered by mail is told to the sender where it is for nobody else."""

    def test_b01_customers_answer_is_the_senders_where_nobody_follows(self):
        """It was kept on the task, and nobody was told of it."""
        for follower, is_read in (
            (self.customer.browse(), False),
            (self.customer, False),
            (self.assignee.partner_id, True),
        ):
            task = self.send(self.line(channel="email"), user_ids=[])
            task.message_unsubscribe(task.message_partner_ids.ids)
            task.message_subscribe(follower.ids)
            for _turn in range(2):
                message = self.answer(task, self.customer.email)
                with self.subTest(follower=follower.name):
                    self.assertFalse(message.is_internal)
                    self.assert_told(self.assignee if is_read else self.sender)

    def test_b01_customers_answer_is_told_to_the_company_that_has_written(self):
        """On a task of several companies somebody of another one may follow."""
        other = self._create_company("Wärmewerk", "de", "Europe/Berlin")
        stranger = self._create_user("stranger", "Hanna", company=other)
        self.project.company_id = False
        task = self.send(self.line(channel="email"), user_ids=[], company_id=False)
        self.assertEqual(self.rows(task).company_id, self.company)
        task.message_unsubscribe(task.message_partner_ids.ids)
        task.message_subscribe(stranger.partner_id.ids)
        self.answer(task, self.customer.email)
        self.assert_told(stranger, self.sender)

    def test_b01_answer_to_a_former_sender_is_told_to_the_present_one(self):
        """Nobody was told of it once the former one had left."""
        task = self.send(self.line("operator", "email"))
        present = self._create_user("present", "Nina Next")
        self.company.reminder_user_id = present
        self.answer(task, self.assignee.email)
        self.assert_told(self.sender, present)
        # an answer of the present one is not told to whom it is from
        task.user_ids = [Command.link(present.id)]
        self.answer(task, present.email)
        self.assert_told(self.sender)
        self.sender.active = self.sender.partner_id.active = False
        message = self.answer(task, self.assignee.email)
        self.assertTrue(message.is_internal)
        self.assert_told(present)
        # not where the task is none of the present one's
        self.project.privacy_visibility = "followers"
        task.user_ids = self.assignee
        task.message_unsubscribe(present.partner_id.ids)
        self.answer(task, self.assignee.email)
        self.assert_told()
