"""News in the window of settings, the wizard and the preview."""

from datetime import timedelta

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .notice import DAY, NoticeCommon


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
