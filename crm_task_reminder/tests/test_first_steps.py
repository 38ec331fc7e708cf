from odoo.tests import Form, tagged

from .window import WindowCommon


@tagged("post_install", "-at_install")
class TestFirstSteps(WindowCommon):
    """After installing, the window and the empty log say what there is to do."""

    def count(self, steps):
        """Return how many of the steps are done, and how many there are."""
        return steps.count("fa-check-square-o"), steps.count("<li")

    def open_new(self):
        self.new = self._create_company("Nowy Dom", reminder_enabled=False)
        self.admin.company_ids += self.new
        return self._open(self.admin, self.new)

    def test_e07_each_step_is_ticked_when_it_holds(self):
        window = self.open_new()
        done, number = self.count(window.reminder_steps)
        window.reminder_enabled = True  # proposes oneself as the sender
        self.assertEqual(self.count(window.reminder_steps), (done + 2, number))
        window.reminder_mail_server_id = self.mail_server
        self.assertEqual(self.count(window.reminder_steps), (done + 3, number))
        window.reminder_customer_default = True
        self.assertTrue(window.reminder_default_customer_ids)
        self.assertEqual(self.count(window.reminder_steps), (done + 4, number))
        window.save()

    def test_e07_sender_without_the_password_is_not_ticked(self):
        window = self.open_new()
        window.reminder_enabled = True
        done, _number = self.count(window.reminder_steps)
        self.manager.company_ids += self.new
        window.reminder_user_id = self.manager
        self.assertEqual(self.count(window.reminder_steps)[0], done - 1)

    def test_e07_a_test_to_oneself_is_ticked(self):
        task = self.create_task(self.line(channel="email"))
        before = self._open().reminder_steps
        preview = self.env["crm.task.reminder.preview"].with_user(self.sender)
        with self.mock_mail_gateway():
            preview.create({"reminder_id": task.reminder_ids.id}).action_send_test()
        after = self._open().reminder_steps
        self.assertEqual(self.count(after)[0], self.count(before)[0] + 1)

    def test_e07_the_steps_are_there_until_the_first_reminder_has_left(self):
        self.assertTrue(self._open().reminder_steps)
        self.send(self.line())
        self.assertFalse(self._open().reminder_steps)
        other = self._open(self.env.user, self.other)
        self.assertTrue(other.reminder_steps)

    def test_sms_is_not_ticked_before_odoo_has_an_account(self):
        """In a fresh company nothing is set up, whatever could be."""
        window = self.open_new()
        self.assertTrue(window.reminder_sms_ready, "it can be tried")
        self.assertEqual(self.count(window.reminder_steps)[0], 0)
        service = self.env.ref("iap.iap_service_sms", False) or self.env[
            "iap.service"
        ].search([("technical_name", "=", "sms")])
        self.env["iap.account"].create(
            {"service_id": service.id, "account_token": "x", "state": "registered"}
        )
        again = self._open(self.admin, self.new)
        self.assertEqual(self.count(again.reminder_steps)[0], 1)

    def test_steps_lead_to_where_they_are_done(self):
        steps = self.open_new().reminder_steps
        self.assertIn('href="/odoo/action-project.action_view_task"', steps)
        self.assertEqual(steps.count("<a "), 2, "SMS and the tasks; all else is below")
        self.manager.company_ids += self.new
        steps = self._open(self.manager, self.new).reminder_steps
        self.assertEqual(
            steps.count("<a "), 1, "who may not set SMS up is not led there"
        )
        log = self.log.with_context(allowed_company_ids=self.new.ids)
        text = log.with_user(self.admin).get_empty_list_help("")
        self.assertEqual(text.count("crm_task_reminder_settings_action"), 4)

    def test_e07_settings_show_them_too(self):
        settings = self.env["res.config.settings"].with_user(self.admin)
        self.assertIn("First steps", Form(settings).reminder_steps)

    def test_e07_an_empty_log_shows_them_to_who_can_take_them(self):
        log = self.log.with_context(allowed_company_ids=self.company.ids)
        text = log.with_user(self.manager).get_empty_list_help("<p>Nothing yet</p>")
        self.assertIn("Nothing yet", text)
        self.assertIn("First steps", text)
        text = log.with_user(self.assignee).get_empty_list_help("<p>Nothing yet</p>")
        self.assertEqual(text, "<p>Nothing yet</p>")
        self.send(self.line())
        text = log.with_user(self.manager).get_empty_list_help("<p>Nothing yet</p>")
        self.assertEqual(text, "<p>Nothing yet</p>")
