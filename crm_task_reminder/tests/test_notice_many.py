"""News that a person is asked about first."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .notice import DAY, NoticeCommon


@tagged("post_install", "-at_install")
class TestNoticeAsked(NoticeCommon):
    """A person is asked first about many at once, and about a start that is emptied."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls._create_user("clerk", "Klara Clerk")

    def create_many(self):
        tasks = self.create_watched() + self.create_watched()
        self.tell()
        self.assertEqual(len(self.texts), 2)
        return tasks.with_user(self.clerk)

    def find_untold(self):
        domain = [("reminder_is_untold", "=", True)]
        return self.env["project.task"].with_user(self.clerk).search(domain)

    def assert_asked(self, tasks):
        self.env.flush_all()
        self.assertEqual(self.find_untold(), tasks)
        self.assertTrue(all(tasks.mapped("reminder_is_untold")))
        self.tell(60)
        self.assert_silent()

    # ------------------------------------------------------------------
    # What is asked about
    # ------------------------------------------------------------------

    def test_many_moved_at_once(self):
        tasks = self.create_many()
        tasks.write({"planned_date_begin": self.now + 5 * DAY})
        self.assert_asked(tasks)

    def test_copies_ask_nothing_about_the_tasks_that_they_are_of(self):
        tasks = self.create_many()
        tasks.write({"planned_date_begin": self.now + 5 * DAY})
        self.assert_asked(tasks)
        tasks[0].copy()
        self.tell(60)
        self.assert_silent()
        self.assertEqual(self.find_untold(), tasks)

    def test_many_moved_where_a_calendar_has_them(self):
        tasks = self.create_many()
        tasks.write({"reminder_calendar_at": self.now + 5 * DAY})
        self.assertEqual(tasks[0].planned_date_begin, self.now + 5 * DAY)
        self.assert_asked(tasks)

    def test_one_dragged_in_the_calendar_is_told(self):
        task = self.create_many()[0]
        task.reminder_calendar_at += DAY
        self.tell()
        self.assert_told("was moved from Fri 17 Jul, 08:00 AM to Sat 18 Jul")

    def test_many_cancelled_at_once(self):
        tasks = self.create_many()
        tasks.write({"state": "1_canceled"})
        self.assert_asked(tasks)

    def test_project_archived(self):
        tasks = self.create_many()
        self.project.action_archive()
        self.assertEqual(self.notice(tasks[0].sudo()).moment, "called_off")
        self.tell(60)
        self.assert_silent()

    def test_many_changed_in_a_list(self):
        tasks = self.create_many()
        start = self.now + 5 * DAY
        values = [{"planned_date_begin": start}, {"planned_date_begin": start + DAY}]
        tasks.web_save_multi(values, {"id": {}})
        self.assert_asked(tasks)

    def test_one_changed_in_a_list_is_told(self):
        task = self.create_many()[0]
        task.web_save_multi([{"planned_date_begin": self.now + 5 * DAY}], {"id": {}})
        self.tell()
        self.assert_told("was moved")

    def test_import(self):
        tasks = self.create_many()
        names = tasks.mapped(lambda task: f"{task.id}")
        rows = [[name, "2026-07-20 08:00:00"] for name in names]
        self.env["project.task"].load([".id", "planned_date_begin"], rows[:1])
        self.assert_asked(tasks[0])

    def test_series(self):
        task = self.create_watched(
            recurring_task=True, repeat_interval=1, repeat_unit="week"
        )
        self.tell()
        task.state = "1_done"
        [following] = task.recurrence_id.task_ids - task
        self.assertEqual(
            following.planned_date_begin, task.planned_date_begin + 7 * DAY
        )
        self.assert_asked(following.with_user(self.clerk))

    def test_emptied_start(self):
        task = self.create_watched(told=True).with_user(self.clerk)
        task.planned_date_begin = False
        self.assert_asked(task)
        task.action_tell_reminder_news()
        self.run_service()
        self.assert_told("on Fri 17 Jul, 08:00 AM was called off")
        task.planned_date_begin = self.now + 5 * DAY
        self.tell()
        self.assert_told("is on Sun 19 Jul")

    # ------------------------------------------------------------------
    # The answer
    # ------------------------------------------------------------------

    def test_yes_to_all(self):
        tasks = self.create_many()
        tasks.write({"planned_date_begin": self.now + 5 * DAY})
        self.pass_time(hours=1)
        tasks.action_tell_reminder_news()
        self.assertFalse(self.find_untold())
        self.run_service()
        self.assertEqual(len(self.texts), 2)
        self.assertTrue(all("was moved" in text for _number, text in self.texts))

    def test_no_to_all(self):
        tasks = self.create_many()
        tasks.write({"planned_date_begin": self.now + 5 * DAY})
        tasks.action_drop_reminder_news()
        self.assertFalse(self.find_untold())
        self.tell(60)
        self.assert_silent()
        with self.assertRaises(UserError):
            tasks.action_tell_reminder_news()

    def test_after_no_the_start_that_was_told_counts(self):
        task = self.create_many()[0]
        task.planned_date_begin += DAY
        task.action_drop_reminder_news()
        self.tell()
        task.planned_date_begin += DAY
        self.tell()
        self.assert_told("was moved from Fri 17 Jul, 08:00 AM to Sun 19 Jul")

    def test_one_of_many_is_changed_by_itself(self):
        tasks = self.create_many()
        tasks.write({"planned_date_begin": self.now + 5 * DAY})
        tasks[0].planned_date_begin += DAY
        self.assertEqual(self.find_untold(), tasks[1])
        self.tell()
        self.assert_told("was moved")

    def test_not_asked_about_what_has_begun(self):
        tasks = self.create_many()
        tasks.write({"planned_date_begin": self.now + 5 * DAY})
        self.pass_time(days=6)
        self.assertFalse(self.find_untold())
        self.env.invalidate_all()
        self.assertFalse(any(tasks.mapped("reminder_is_untold")))

    def test_tell_now_and_dont_tell(self):
        for answer, count in (("tell", 1), ("drop", 0)):
            with self.subTest(answer=answer):
                task = self.create_watched().with_user(self.clerk)
                action = getattr(task, f"action_{answer}_reminder_news")
                action()
                self.run_service()
                self.assertEqual(len(self.texts), count)
                self.tell()
                self.assert_silent()

    def test_tell_now_what_can_not_be_told(self):
        self.customer.phone = False
        task = self.create_watched().with_user(self.clerk)
        with self.assertRaisesRegex(UserError, "No phone number"):
            task.action_tell_reminder_news()

    # ------------------------------------------------------------------
    # What the tab says
    # ------------------------------------------------------------------

    def test_tab_says_who_is_told_and_what(self):
        task = self.create_watched(*self.all_news(), *self.all_news("operator"))
        with Form(task.with_user(self.clerk)) as form:
            text = form.reminder_customer_notice
            self.assertIn("To be told Tue 14 Jul, 08:05 AM", text)
            self.assertIn("the date is Fri 17 Jul, 08:00 AM", text)
            self.assertIn("It goes to: Karol Klient", text)
            self.assertIn("Adam Assignee", form.reminder_operator_notice)
        self.tell()
        self.assertFalse(task.reminder_customer_notice)

    def test_tab_says_what_waits_for_a_person(self):
        tasks = self.create_many()
        tasks.write({"planned_date_begin": self.now + 5 * DAY})
        text = tasks[0].reminder_customer_notice
        self.assertIn("Not told yet: the date was moved from Fri 17 Jul", text)
        tasks[0].planned_date_begin = False
        self.assertIn(
            "17 Jul, 08:00 AM is called off", tasks[0].reminder_customer_notice
        )

    def test_states_of_lines(self):
        task = self.create_watched()
        self.assertEqual(
            task.reminder_ids.sorted("id").mapped("shown_state"),
            ["scheduled", "ready", "ready"],
        )
        self.tell()
        self.assertEqual(
            task.reminder_ids.sorted("id").mapped("shown_state"),
            ["done", "ready", "ready"],
        )

    def test_name_of_who_may_not_be_read_is_not_told(self):
        other = self._create_company("Drugi Dom")
        employee = self.create_employee(
            "Ewa Employee", company_id=other.id, mobile_phone="600 100 209"
        )
        task = self.create_watched(
            *self.all_news("operator"),
            user_ids=False,
            reminder_employee_ids=[Command.set(employee.ids)],
        )
        text = task.with_user(self.clerk).reminder_operator_notice
        self.assertIn("An employee of another company", text)
        self.assertNotIn("Ewa", text)

    # ------------------------------------------------------------------
    # Rights
    # ------------------------------------------------------------------

    def test_who_may_not_edit_the_task_decides_nothing(self):
        self.project.privacy_visibility = "followers"
        task = self.create_watched()
        stranger = self._create_user("stranger", "Stefan Stranger")
        for user in (stranger, self._create_portal_user(self.customer)):
            for action in ("tell", "drop"):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    getattr(task.with_user(user), f"action_{action}_reminder_news")()

    def test_other_companies_lines(self):
        """Of a task that companies share, each speaks in its own name."""
        self.project.company_id = False
        task = self.create_watched()
        other = self._create_company("Drugi Dom")
        user = self._create_user("other", "Otto Other", company=other)
        with self.assertRaises(AccessError):
            task.with_user(user).action_tell_reminder_news()

    def test_news_is_nobodys_to_read_or_write(self):
        task = self.create_watched()
        notice = self.notice(task).with_user(self.clerk)
        with self.assertRaises(AccessError):
            notice.read(["told_start"])
        with self.assertRaises(AccessError):
            notice.write({"tell_at": self.now})
        with self.assertRaises(AccessError):
            task.with_user(self.clerk).read(["reminder_notice_ids"])

    def test_portal_user_may_close_a_task(self):
        self.project.privacy_visibility = "portal"
        task = self.create_watched(told=True)
        portal = self._create_portal_user(self.customer)
        self.project._add_collaborators(self.customer)
        task.message_subscribe(self.customer.ids)
        task.with_user(portal).write({"state": "1_canceled"})
        self.tell()
        self.assert_told("was called off")
