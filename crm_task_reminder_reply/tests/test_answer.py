from datetime import datetime, timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import ReplyCommon


@tagged("post_install", "-at_install")
class TestAnswer(ReplyCommon):
    """What is kept of an answer, and which start it belongs to."""

    def test_the_last_answer_counts(self):
        task = self.create_task()
        self.answer(task, "coming")
        self.pass_time(minutes=1)
        answer = self.answer(task, "other", text="Friday?")
        self.assertEqual(task.reminder_answer_ids, answer)
        self.assertEqual((answer.kind, answer.text), ("other", "Friday?"))
        self.assertEqual(answer.answered_at, self.now)

    def test_a_moved_start_voids_it_and_the_way_back_brings_it_again(self):
        task = self.create_task()
        start = task.planned_date_begin
        self.answer(task)
        task.planned_date_begin += timedelta(hours=1)
        self.assertFalse(task.reminder_answer)
        self.answer(task, "declined")
        self.assertEqual(task.reminder_answer, "declined")
        task.planned_date_begin = start
        self.assertEqual(task.reminder_answer, "coming")

    def test_another_customer_has_not_answered(self):
        task = self.create_task()
        self.answer(task)
        task.partner_id = self.customer.copy({"name": "Other"})
        self.assertFalse(task.reminder_answer)

    def merge(self, contact, into):
        """Merge two contacts that are one customer."""
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((contact + into).ids, into)
        self.env.invalidate_all()

    def test_a_customer_who_was_entered_twice_has_answered_once(self):
        """For one answer that was there twice, all of the contact's were deleted."""
        twin = self.customer.copy({"name": "Karol K."})
        other, task = self.create_task(partner_id=twin.id), self.create_task()
        self.answer(other)
        for partner, kind in ((twin, "coming"), (self.customer, "declined")):
            task.partner_id = partner
            self.pass_time(minutes=1)
            self.answer(task, kind)
        self.env.flush_all()
        self.merge(twin, self.customer)
        self.assertEqual(other.partner_id, self.customer)
        self.assertEqual(other.reminder_answer, "coming")
        self.assertEqual(task.reminder_answer, "declined")
        self.assertEqual(len(task.reminder_answer_ids), 1)

    def test_what_the_customers_twin_has_answered_counts_once_they_are_one(self):
        twin = self.customer.copy({"name": "Karol K."})
        task = self.create_task(partner_id=twin.id)
        self.answer(task)
        task.partner_id = self.customer
        self.env.flush_all()
        self.assertFalse(task.reminder_answer)
        self.merge(twin, self.customer)
        self.assertEqual(task.reminder_answer, "coming")

    def test_it_changes_nothing_of_the_task(self):
        task = self.create_task()
        self.env.flush_all()
        names = [
            "state",
            "stage_id",
            "active",
            "planned_date_begin",
            "user_ids",
        ]
        before = task.read([*names, "write_date"])
        for kind in ("coming", "declined", "other"):
            self.pass_time(minutes=1)
            self.answer(task, kind)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(task.read([*names, "write_date"]), before)

    def test_it_is_noted_on_the_task_once(self):
        task = self.create_task()
        count = len(task.message_ids)
        self.answer(task, "other", text="Friday & <b>later</b>")
        self.answer(task, "other", text="Friday & <b>later</b>")
        self.assertEqual(len(task.message_ids), count + 1)
        note = task.message_ids[0]
        self.assertEqual(note.author_id, self.customer)
        self.assertIn("Tue 14 Jul", note.body)
        self.assertIn("Friday &amp; &lt;b&gt;later", note.body)
        self.assertTrue(note.is_internal)

    def test_the_assignee_gets_an_activity_that_stays_one(self):
        task = self.create_task()
        self.answer(task, "declined")
        self.answer(task, "other", text="Friday?")
        [activity] = task.activity_ids
        self.assertEqual(activity.user_id, self.assignee)
        self.assertIn("Friday?", activity.note)
        self.answer(task, "coming")
        self.assertFalse(task.activity_ids)

    def test_the_activity_is_in_the_words_of_its_reader(self):
        """The customer's language was that of the page, and so of its summary."""
        self.env["res.lang"]._activate_lang("pl_PL")
        task, summaries = self.create_task(), []
        for kind in ("declined", "other"):
            answers = self.answers.with_context(lang="pl_PL")
            answers._record(task, kind, "page")
            summaries.append(task.activity_ids.summary)
        self.assertEqual(
            summaries,
            [
                "The customer can't come at this time",
                "The customer asks for another time",
            ],
        )

    def test_nobody_assigned_leaves_it_to_who_is_responsible(self):
        task = self.create_task(user_ids=[])
        self.project.user_id = self.sender
        self.answer(task, "declined")
        self.assertEqual(task.activity_ids.user_id, self.sender)

    def test_a04_an_assignee_of_another_company_keeps_no_answer_out(self):
        """Of a task that several companies share, the link is of one of them."""
        other = self._create_company("Wärmewerk", "de", "Europe/Berlin")
        hanna = self._create_user("hanna", "Hanna", company=other)
        self.project.company_id = False
        _task, token = self.send_link(company_id=False, user_ids=hanna.ids)
        link = self.links._find(token)
        self.assertFalse(link._take_answer("declined", "", link._make_nonce()))
        self.assertEqual(link.task_id.reminder_answer, "declined")
        self.assertEqual(link.task_id.activity_ids.user_id, hanna)

    def test_b01_the_next_answer_is_for_who_may_read_the_task_now(self):
        """Whom the first one was for has no say there any more, and reads no wish."""
        task = self.create_task()
        self.answer(task, "declined")
        self.assertEqual(task.activity_ids.user_id, self.assignee)
        sonia = self._create_user("sonia", "Sonia")
        task.user_ids = sonia
        self.answer(task, "other", text="Friday?")
        self.assertEqual(task.activity_ids.user_id, self.assignee)
        self.project.privacy_visibility = "followers"
        task.message_unsubscribe(self.assignee.partner_id.ids)
        self.env.invalidate_all()
        self.answer(task, "other", text="Monday?")
        self.assertEqual(task.activity_ids.user_id, sonia)
        self.assertIn("Monday?", task.activity_ids.note)

    def test_b07_activity_of_who_has_no_zone_has_the_companys(self):
        for tz in (None, "US/Pacific-New"):
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE res_partner SET tz = %s WHERE id IN %s",
                [tz, (self.assignee.partner_id.id, self.env.user.partner_id.id)],
            )
            self.env.invalidate_all()
            task = self.create_task()
            self.answer(task, "declined")
            self.assertIn("about Tue 14 Jul, 10:00 AM", task.activity_ids.note)
            self.assertIn("to Wed 15 Jul, 10:00 AM", task.activity_ids.note)

    def test_b09_start_on_the_last_day_of_the_calendar(self):
        """There is no day after it that could be proposed."""
        line = self.line(moment="set", channel="email")
        task = self.create_task(line, planned_date_begin=False)
        task.planned_date_begin = datetime(9999, 12, 31, 23, 59, 59)
        self.pass_time(minutes=6)
        self.run_service()
        [token] = self.get_tokens()
        for kind in ("declined", "other", "coming", "declined"):
            link = self.links._find(token)
            self.assertEqual(link._prepare_page()["when"]["weekday"], "Friday")
            self.assertFalse(link._take_answer(kind, "", link._make_nonce()))
            self.assertEqual(task.reminder_answer, kind)
            self.assertEqual(link.answer, kind)
        self.assertIn("Move the start of the task", task.activity_ids.note)
        self.assertEqual(len(task.reminder_answer_ids), 1)

    def test_nobody_writes_answers_by_hand(self):
        task = self.create_task()
        answer = self.answer(task)
        manager = self._create_user(
            "project_manager", "Pia", groups="project.group_project_manager"
        )
        self.assertTrue(answer.with_user(manager).kind)
        for user in (manager, self.assignee):
            mine = answer.with_user(user)
            for change in (
                lambda mine=mine: mine.write({"kind": "declined"}),
                lambda mine=mine: mine.unlink(),
                lambda mine=mine: mine.create({"task_id": task.id}),
            ):
                with self.assertRaises(AccessError):
                    change()
        with self.assertRaises(AccessError):
            _unread = answer.with_user(self.assignee).kind

    def test_answers_of_other_companies_are_not_to_be_read(self):
        other = self._create_company("Other")
        manager = self._create_user(
            "foreign", "Fred", groups="project.group_project_manager", company=other
        )
        self.answer(self.create_task())
        answers = self.answers.with_user(manager)
        answers = answers.with_context(allowed_company_ids=other.ids)
        self.assertFalse(answers.search([]))
