from datetime import timedelta

from odoo.addons.crm_task_reminder.tests.rights import RightsCommon
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import TextCommon


@tagged("post_install", "-at_install")
class TestRights(RightsCommon, TextCommon):
    """What fields that come with answers tell, besides what the table has."""

    def test_a02_form_of_a_task_tells_no_place_of_a_hidden_project(self):
        hidden = self.env["project.project"].create(
            {
                "name": "Invited",
                "company_id": self.company.id,
                "privacy_visibility": "followers",
                "reminder_place": "Ward 7",
            }
        )
        self.project.reminder_place = "Garden"
        self.env.flush_all()
        self.env.invalidate_all()
        tasks = self.env["project.task"].with_user(self.users["project user of A"])
        spec = {"project_id": {}, "reminder_project_place": {}}
        for project, place in ((hidden, False), (self.project, "Garden")):
            values = {"name": "X", "project_id": project.id}
            told = tasks.onchange(values, ["project_id"], spec)["value"]
            self.assertEqual(told.get("reminder_project_place", False), place)

    def test_a05_window_names_no_hidden_task(self):
        """Odoo names a record to whoever reads one of one's own that refers to it."""
        windows = self.env["crm.task.reminder.move"].with_user(
            self.users["project user of A"]
        )
        spec = {"task_id": {"fields": {"display_name": {}}}}
        start = self.now + timedelta(days=1)
        for place in (
            {"project_id": False, "company_id": self.company.id},
            {"project_id": self.foreign_project.id, "company_id": self.other.id},
        ):
            task = self.create_task(name="See the doctor", **place)
            context = {"default_task_id": task.id, "default_start": start}
            for way in (
                lambda: windows.create({"task_id": task.id, "start": start}),  # noqa: B023  # called at once
                lambda: windows.with_context(**context).onchange({}, [], spec),  # noqa: B023
            ):
                self.env.flush_all()
                self.env.invalidate_all()
                with self.assertRaises(AccessError) as refusal:
                    way()
                self.assertNotIn("doctor", str(refusal.exception))

    def test_a02_portal_hears_of_no_field_of_reminders(self):
        """Nor of where a project's appointments are."""
        env = self.env(user=self.users["portal"])
        for model in ("project.project", "project.task", "res.company", "res.partner"):
            with self.subTest(model=model):
                names = [n for n in env[model].fields_get() if "reminder" in n]
                self.assertFalse(names)

    def test_a05_window_is_for_who_has_opened_it(self):
        task = self.create_task(
            name="See the doctor",
            project_id=self.foreign_project.id,
            company_id=self.other.id,
        )
        window = self.env["crm.task.reminder.move"].create({"task_id": task.id})
        self.env.invalidate_all()
        for name in ("task_id", "start", "present_start"):
            with self.assertRaises(AccessError) as refusal:
                window.with_user(self.users["project user of A"]).read([name])
            self.assertNotIn("doctor", str(refusal.exception))

    def test_a05_nobody_reads_what_was_written_about_a_hidden_task(self):
        """Odoo names the task to whoever reads a text about it, or a link to it."""
        task, _token = self.send_link()
        self.write_text("Halo?")
        texts = self.texts_in.search([("task_id", "=", task.id)])
        links = self.links.search([("task_id", "=", task.id)])
        boss = self.users["project manager of A"]
        admin = self._create_user("ada", "Ada", groups="base.group_system")
        self.assertTrue(texts and links)
        for user, rows in ((boss, texts), (admin, texts), (admin, links)):
            self.assertEqual(rows & rows.with_user(user).search([]), rows)
        private = {"project_id": False, "company_id": self.company.id}
        foreign = {
            "project_id": self.foreign_project.id,
            "company_id": self.other.id,
        }
        # what was written to a company stays its own, wherever the task is
        for place, hidden in ((foreign, [links]), (private, [texts, links])):
            task.write({"name": "See the doctor", "user_ids": False, **place})
            self.env.flush_all()
            self.env.invalidate_all()
            for user, rows in ((boss, texts), (admin, texts), (admin, links)):
                seen = rows & rows.with_user(user).search([])
                self.assertEqual(seen, rows.browse() if rows in hidden else rows)
        task.unlink()
        self.assertFalse(texts.exists(), "nobody could tell any more whose it was")
