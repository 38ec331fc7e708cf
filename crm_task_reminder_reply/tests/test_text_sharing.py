from datetime import timedelta

from odoo.addons.crm_task_reminder.tools.incoming import IncomingText
from odoo.fields import Command
from odoo.tests import tagged

from .common import NUMBER, TextCommon


@tagged("post_install", "-at_install")
class TestTextSharing(TextCommon):
    """Two companies send from one number: a text is for who has written to it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._create_company("Wärmewerk", "de", "Europe/Berlin")
        cls.hanna = cls._create_user("hanna", "Hanna", company=cls.other)
        cls._switch_on(cls.other, cls.hanna, cls.mail_server)
        cls.boilers = cls.env["project.project"].create(
            {"name": "Boilers", "company_id": cls.other.id}
        )

    def setUp(self):
        super().setUp()
        # between the tests nothing is committed that would have to be waited for
        self.patch(self.registry[self.answers._name], "_take_turn", lambda _self: None)
        provider = self.registry["crm.task.reminder.sms.provider"]
        sharing = self.company | self.other
        self.patch(provider, "_find_sharing", lambda _self, one, _text: one | sharing)

    def remind(self, company, **values):
        """Remind the customer of a task of a company; return it."""
        line, own = self.line(duration=3), {}
        if company == self.other:
            line["company_id"] = company.id
            own = {"project_id": self.boilers.id, "company_id": company.id}
            own["user_ids"] = [Command.set(self.hanna.ids)]
        return self.send(line, starts_in=timedelta(hours=4), **own, **values)

    def remind_of_shared_task(self, *companies):
        """Let companies remind the customer of one task, which belongs to all.

        Its assignee works in the first one.
        """
        shared = self.env["project.project"].create(
            {"name": "Neighbours", "company_id": False}
        )
        task = self.create_task(
            starts_in=timedelta(hours=4), project_id=shared.id, company_id=False
        )
        for ahead, company in enumerate(companies):
            line = self.line(duration=180 - ahead, unit="minutes", task_id=task.id)
            self.env["crm.task.reminder"].create({**line, "company_id": company.id})
        for minutes in (60, 1):
            self.pass_time(minutes=minutes)
            self.run_service()
        return task

    def bring(self, body, ident="M1", number=NUMBER, company=None):
        """Let the number's provider bring a text to the first company."""
        text = IncomingText("test", ident, number, body)
        provider = self.env["crm.task.reminder.sms.provider"]
        provider._receive_text(company or self.company, text)
        return self.texts_in.search([("ident", "=", ident)])

    def test_a01_an_answer_is_for_the_company_that_has_reminded(self):
        """It was in the first one's list, as from nobody, and answered nothing."""
        task = self.remind(self.other)
        received = self.bring("Tak")
        self.assertEqual(
            (received.company_id, received.outcome), (self.other, "answer")
        )
        self.assertEqual(task.reminder_answer, "coming")

    def test_a01_where_both_have_reminded_a_person_of_each_reads_it(self):
        """It was taken for an answer to the first one's appointment."""
        tasks = self.remind(self.company) | self.remind(self.other)
        received = self.bring("Tak")
        self.assertEqual(received.company_id, self.company | self.other)
        self.assertEqual(received.mapped("outcome"), ["several", "several"])
        self.assertEqual(received.task_id, tasks)
        self.assertFalse(tasks.reminder_answer_ids)
        self.assertEqual(tasks.activity_ids.user_id, self.assignee | self.hanna)
        for activity, name in zip(
            tasks.activity_ids, ("Wärmewerk", "Zielony Dom"), strict=True
        ):
            self.assertIn("Another company sends SMS from the same", activity.note)
            self.assertNotIn(name, activity.note)

    def test_b01_both_have_reminded_of_one_task_of_several_companies(self):
        """It was for a person, as if it could be about two appointments."""
        task = self.remind_of_shared_task(self.company, self.other)
        received = self.bring("Tak")
        self.assertEqual(
            (received.company_id, received.outcome), (self.other, "answer")
        )
        self.assertEqual(task.reminder_answer, "coming")
        self.assertFalse(task.activity_ids)

    def test_b01_one_task_of_both_and_another_one_of_one(self):
        task = self.remind_of_shared_task(self.company, self.other)
        self.pass_time(minutes=5)
        own = self.remind(self.company)
        received = self.bring("Tak")
        self.assertEqual(received.company_id, self.company | self.other)
        self.assertEqual(set(received.mapped("outcome")), {"several"})
        self.assertFalse((task | own).reminder_answer_ids)

    def test_b01_an_assignee_of_another_company_has_one_activity(self):
        """There was one for each answer, and one for each SMS."""
        task = self.remind_of_shared_task(self.other)
        for ident, body in enumerate(("nie", "inny termin", "?!", "Halo?")):
            self.bring(body, ident=f"A{ident}")
        self.assertEqual(task.reminder_answer, "other")
        answer, text = task.activity_ids.sorted("id")
        self.assertEqual((answer | text).user_id, self.assignee)
        self.assertIn("another time", answer.summary)
        self.assertIn("Halo?", text.note)
        self.assertIn("?!", text.note)

    def test_a01_whoever_it_is_brought_to_it_is_asked_once_who_may_be_meant(self):
        """A third company's account was called; the two know nothing of each other."""
        third = self._create_company("Trzeci Dom")
        provider = self.registry["crm.task.reminder.sms.provider"]
        all_three = third | self.company | self.other
        self.patch(
            provider,
            "_find_sharing",
            lambda _self, one, _text: all_three if one == third else one,
        )
        tasks = self.remind(self.company) | self.remind(self.other)
        self.bring("Tak", company=third)
        self.assertFalse(tasks.reminder_answer_ids)
        self.assertEqual(tasks.activity_ids.user_id, self.assignee | self.hanna)

    def test_b01_who_has_the_number_now_is_meant(self):
        """The other company has reminded somebody who had it before."""
        customer = self.customer.copy({"company_id": self.other.id})
        former = self.remind(self.other, partner_id=customer.id)
        customer.phone = "600 100 299"
        task = self.remind(self.company)
        received = self.bring("Tak")
        self.assertEqual((received.task_id, task.reminder_answer), (task, "coming"))
        self.assertFalse(former.activity_ids)

    def test_what_is_over_at_one_leaves_it_to_the_other(self):
        past, task = self.remind(self.company), self.remind(self.other)
        past.state = "1_done"
        self.assertEqual(self.bring("nie").company_id, self.other)
        self.assertEqual(task.reminder_answer, "declined")

    def test_where_nothing_is_ahead_it_is_for_the_last_one(self):
        tasks = self.remind(self.company) | self.remind(self.other)
        tasks.write({"state": "1_done"})
        received = self.bring("Dziękuję")
        self.assertEqual(received.task_id, tasks[1])

    def test_what_is_brought_once_more_is_taken_once(self):
        self.remind(self.other)
        self.bring("Tak")
        self.pass_time(minutes=5)
        self.remind(self.company)
        self.assertEqual(len(self.bring("Tak")), 1)

    def test_from_a_number_that_nobody_reminded_it_is_whose_it_was_brought_to(self):
        received = self.bring("Tak", number="+48600100777")
        self.assertEqual(
            (received.company_id, received.outcome), (self.company, "unknown")
        )

    def test_no_more_sms_is_heard_once(self):
        self.remind(self.company)
        self.remind(self.other)
        received = self.bring("STOP")
        self.assertEqual(received.mapped("outcome"), ["stop", "stop"])
        self.assertTrue(self.is_blacklisted())
