from datetime import timedelta

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


@tagged("post_install", "-at_install")
class TestNoticeAtNight(NoticeCommon):
    """Quiet hours hold news, unless the task starts within a day."""

    def setUp(self):
        super().setUp()
        self.company.reminder_customer_hours = True
        self.set_now(self.now.replace(hour=21))  # 23:00 in Warsaw

    def test_it_waits_for_the_morning(self):
        task = self.create_watched()
        self.tell()
        self.assert_silent()
        self.tell(10 * 60)
        self.assert_told("is on")
        self.assertEqual(self.rows(task).mapped("state"), ["sent"])

    def test_what_is_moved_in_the_night_is_told_once(self):
        task = self.create_watched()
        self.tell()
        task.planned_date_begin += DAY
        self.tell()
        self.assert_silent()
        self.tell(10 * 60)
        self.assert_told("is on Sat 18 Jul")

    def test_what_starts_within_a_day_is_told_at_once(self):
        self.create_watched(starts_in=timedelta(hours=12))
        self.tell()
        self.assert_told("is on")

    def test_a_person_has_it_told_at_once(self):
        task = self.create_watched()
        task.action_tell_reminder_news()
        self.run_service()
        self.assert_told("is on")


@tagged("post_install", "-at_install")
class TestNoticeSettings(NoticeCommon):
    """Presets, the window, the wizard, the preview."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._create_user(
            "manager", "Maria Manager", groups="sales_team.group_sale_manager"
        )

    def open_window(self):
        return Form(self.env["crm.task.reminder.settings"].with_user(self.manager))

    def test_window_shows_nothing_of_it_unless_used(self):
        self.company.reminder_customer_default = True
        window = self.open_window()
        self.assertFalse(window.reminder_has_notices)
        self.assertFalse(window.reminder_stage_hint)
        with window.reminder_default_customer_ids.new() as line:
            line.timing = "moved"
        self.assertTrue(window.reminder_has_notices)
        window.reminder_notice_minutes = 7
        window.save()
        self.assertEqual(self.company.reminder_notice_minutes, 7)
        moments = self.company.reminder_default_customer_ids.mapped("moment")
        self.assertEqual(sorted(moments), ["before", "moved"])

    def test_template_follows_the_moment(self):
        self.company.reminder_customer_default = True
        window = self.open_window()
        name = "crm_task_reminder.sms_template_customer"
        with window.reminder_default_customer_ids.new() as line:
            for timing, suffix in (
                ("set", "_set"),
                ("called_off", "_called_off"),
                ("days", ""),
                ("moved", "_moved"),
            ):
                line.timing = timing
                template = self.env.ref(f"{name}{suffix}")
                self.assertEqual(line.sms_template_id, template)
            own = self.env.ref(name).copy({"name": "Own"})
            line.sms_template_id = own
            line.timing = "set"
            self.assertEqual(line.sms_template_id, own)
        window.save()
        line = self.company.reminder_default_customer_ids[-1]
        self.assertEqual((line.moment, line.sms_template_id), ("set", own))

    def test_back_to_a_time_before(self):
        task = self.create_watched(self.news("set"), starts_in=None)
        line = task.reminder_ids
        line.timing = "hours"
        self.assertEqual((line.moment, line.duration_unit), ("before", "hours"))
        self.assertEqual(line.timing, "hours")
        self.assertFalse(line._is_notice())
        line.timing = "start"
        self.assertEqual((line.moment, line.duration), ("before", 0))

    def test_stages_that_write_are_named(self):
        self.company.reminder_customer_default = True
        self.company.reminder_default_customer_ids = [Command.create(self.news("set"))]
        template = self.env.ref("crm_task_reminder.mail_template_customer")
        other = self.env["project.project"].create(
            {"name": "Foreign", "company_id": self._create_company("Drugi Dom").id}
        )
        self.env["project.task.type"].create(
            {
                "name": "Agreed",
                "mail_template_id": template.id,
                "project_ids": [Command.set((self.project + other).ids)],
            }
        )
        hint = self.open_window().reminder_stage_hint
        self.assertIn("Agreed (Gardens)", hint)
        for advice in ("take its template away", "remove the line"):
            self.assertIn(advice, hint)

    def test_words_of_a_line(self):
        task = self.create_watched(starts_in=None)
        self.assertEqual(
            task.reminder_ids.sorted("id").mapped("display_name"),
            [
                "SMS · when a date is set",
                "SMS · when the date is moved",
                "SMS · when the date is called off",
            ],
        )

    def test_equal_but_for_the_moment(self):
        task = self.create_watched(self.news("set"), starts_in=None)
        [line] = task.reminder_ids
        keys = {
            line.copy({"moment": moment})._get_setting_key()
            for moment in ("before", "set", "moved")
        }
        self.assertEqual(len(keys), 3)
        self.assertIn(line._get_setting_key(), keys)
        twin = line.copy({"duration": 5})
        self.assertEqual(twin._get_setting_key(), line._get_setting_key())
        task.planned_date_begin = self.now + DAY
        self.tell()
        self.assert_told("is on")

    def test_wizard(self):
        tasks = self.create_task() + self.create_task()
        wizard = Form(
            self.env["crm.task.reminder.edit"].with_context(active_ids=tasks.ids)
        )
        with wizard.line_ids.edit(0) as line:
            line.timing = "moved"
        self.assertIn("when the date is moved", wizard.preview)
        self.assertNotIn("Nobody is", wizard.preview)
        wizard.save().action_apply()
        self.assertEqual(tasks.reminder_ids.mapped("moment"), ["moved", "moved"])
        self.tell()
        self.assert_silent()

    def test_preview(self):
        task = self.create_watched(told=True)
        previews = self.env["crm.task.reminder.preview"]
        for line in task.reminder_ids:
            content = previews.create({"reminder_id": line.id}).content
            self.assertIn("Fri 17 Jul, 08:00 AM", content)
        task.planned_date_begin += timedelta(hours=2)
        [line] = task.reminder_ids.filtered(lambda one: one.moment == "moved")
        content = previews.create({"reminder_id": line.id}).content
        self.assertIn("from Fri 17 Jul, 08:00 AM to Fri 17 Jul, 10:00 AM", content)
        self.assertNotIn("nothing new", content)

    def test_every_asker_says_that_there_is_nothing_new(self):
        task = self.create_watched(told=True)
        [line] = task.reminder_ids.filtered(lambda one: one.moment == "moved")
        decision = self.env["crm.task.reminder.decision"]
        self.assertEqual(decision._find_obstacle(line).reason, "no_news")
        preview = self.env["crm.task.reminder.preview"].create({"reminder_id": line.id})
        self.assertIn("There is nothing new to tell", preview.content)
        with self.assertRaisesRegex(UserError, "There is nothing new to tell"):
            line.action_send_now()
