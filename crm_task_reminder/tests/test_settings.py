from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .window import WindowCommon


@tagged("post_install", "-at_install")
class TestSettings(WindowCommon):
    """The window: what it saves, for whom, and what it refuses."""

    # ------------------------------------------------------------------
    # R4: per company
    # ------------------------------------------------------------------

    def test_r04_switch_is_the_companys_own(self):
        self.manager.company_ids += self.other
        with self._open(company=self.other) as window:
            window.reminder_enabled = True
            self.assertEqual(window.reminder_user_id, self.manager, "oneself")
        self.assertTrue(self.other.reminder_enabled)
        with self._open() as window:
            self.assertEqual(window.reminder_user_id, self.sender)
            window.reminder_enabled = False
        self.assertFalse(self.company.reminder_enabled)
        self.assertTrue(self.other.reminder_enabled)

    def test_r04_settings_of_odoo_show_the_same_window(self):
        settings = self.env["res.config.settings"].with_user(self.admin)
        with Form(settings) as form:
            self.assertTrue(form.reminder_enabled)
            form.reminder_enabled = False
        self.assertFalse(self.company.reminder_enabled)

    def test_a01_what_has_to_be_set_is_refused_in_words(self):
        """The database's own refusal has the whole row of the company in it."""
        window = self.window.create({})
        for save in (self.window.create, window.write):
            with self.assertRaisesRegex(UserError, "“Morning plan” can't be empty"):
                save({"reminder_plan": False})
        self.assertEqual(self.company.reminder_plan, "off")

    # ------------------------------------------------------------------
    # R7: the e-mail account
    # ------------------------------------------------------------------

    def test_r07_account_of_nobody_or_of_the_sender(self):
        own = self._create_mail_server("Olga's", owner_user_id=self.sender.id)
        strange = self._create_mail_server("Adam's", owner_user_id=self.assignee.id)
        self.window.create({"reminder_mail_server_id": own.id})
        self.assertEqual(self.company.reminder_mail_server_id, own)
        with self.assertRaisesRegex(ValidationError, "belongs to Adam Assignee"):
            self.window.create({"reminder_mail_server_id": strange.id})

    def test_r07_sender_and_account_change_together(self):
        own = self._create_mail_server("Olga's", owner_user_id=self.sender.id)
        new = self._create_mail_server("Maria's", owner_user_id=self.manager.id)
        self.company.reminder_mail_server_id = own
        with self.assertRaisesRegex(ValidationError, "belongs to Olga Operator"):
            self.window.create({"reminder_user_id": self.manager.id})
        self.window.create(
            {"reminder_user_id": self.manager.id, "reminder_mail_server_id": new.id}
        )
        self.assertEqual(self.company.reminder_mail_server_id, new)

    def test_r07_archived_account_is_refused(self):
        archived = self._create_mail_server("Old", active=False)
        with self.assertRaisesRegex(ValidationError, "“Old” is archived"):
            self.window.create({"reminder_mail_server_id": archived.id})

    def test_r07_account_in_use_is_not_given_to_somebody_else(self):
        with self.assertRaisesRegex(ValidationError, "belongs to Adam Assignee"):
            self.mail_server.owner_user_id = self.assignee
        self.mail_server.owner_user_id = self.sender

    def test_r07_warning_when_the_sender_does_not_fit(self):
        cases = [
            (False, ""),
            ("zielonydom.example", ""),
            ("operator@zielonydom.example", ""),
            ("other.example, zielonydom.example", ""),
            ("other.example", "refused or end up as spam"),
            ("somebody@zielonydom.example", "refused or end up as spam"),
        ]
        for senders, warning in cases:
            with self.subTest(senders=senders):
                self.mail_server.from_filter = senders
                self.assertIn(warning, self._open().reminder_mail_warning or "")
                self.assertEqual(
                    bool(self._open().reminder_mail_warning), bool(warning)
                )

    def test_r07_no_warning_before_an_account_is_chosen(self):
        self.company.reminder_mail_server_id = False
        self.assertFalse(self._open().reminder_mail_warning)

    def test_r07_warning_follows_what_is_chosen(self):
        self.mail_server.from_filter = "operator@zielonydom.example"
        window = self._open()
        self.assertFalse(window.reminder_mail_warning)
        window.reminder_user_id = self.manager
        self.assertIn("manager@zielonydom.example", window.reminder_mail_warning)

    def test_r07_warning_when_the_sender_has_no_address(self):
        self.sender.email = False
        self.assertIn("no e-mail address", self._open().reminder_mail_warning)

    def test_r07_warning_when_the_own_account_is_not_used(self):
        self.mail_server.write(
            {
                "owner_user_id": self.sender.id,
                "from_filter": "operator@zielonydom.example",
            }
        )
        self.assertIn("does not use", self._open().reminder_mail_warning)
        self.sender.sudo().outgoing_mail_server_id = self.mail_server
        self.assertFalse(self._open().reminder_mail_warning)

    # ------------------------------------------------------------------
    # SMS
    # ------------------------------------------------------------------

    def test_r03_says_whether_sms_can_be_sent(self):
        self.assertTrue(self._open().reminder_sms_ready)
        self.create_task(self.line())
        self.pass_time(hours=1)
        self.run_service(sms_error="credit")
        window = self._open()
        self.assertFalse(window.reminder_sms_ready)
        self.assertIn("Not enough SMS credit", window.reminder_sms_status)
        self.create_task(self.line())
        self.pass_time(hours=1)
        self.run_service()
        self.assertTrue(self._open().reminder_sms_ready)

    # ------------------------------------------------------------------
    # R17: the log
    # ------------------------------------------------------------------

    def test_r17_log_opens_with_the_filters_on(self):
        action = self.env.ref("crm_task_reminder.crm_task_reminder_log_action")
        for name in ("customers", "operators", "this_company"):
            self.assertIn(f"'search_default_{name}': 1", action.context)
        arch = self.window.get_view(view_type="form")["arch"]
        self.assertIn(f'name="{action.id}"', arch)

    def test_parts_of_the_form_come_before_what_others_change_in_it(self):
        """An addon that was there first would change what is not there yet."""
        window = self.env.ref("crm_task_reminder.crm_task_reminder_settings_view_form")
        own = window.inherit_children_ids.filtered(
            lambda view: view.xml_id.startswith("crm_task_reminder.")
        )
        others = window.default_get(["priority"])["priority"]
        self.assertTrue(own)
        self.assertLess(max(own.mapped("priority")), others)

    def test_log_days(self):
        window = self.window.with_user(self.admin)
        parameters = self.env["ir.config_parameter"].sudo()
        self.assertEqual(self._open(self.admin).reminder_log_days, 365)
        for days in (30, 0):
            window.create({"reminder_log_days": days})
            self.assertEqual(
                parameters.get_param("crm_task_reminder.log_days"), str(days)
            )
            self.assertEqual(self._open(self.admin).reminder_log_days, days)
        for days in (-1, 10**6):
            with (
                self.subTest(days=days),
                self.assertRaisesRegex(ValidationError, "0 to 36500 days"),
            ):
                window.create({"reminder_log_days": days})

    # ------------------------------------------------------------------
    # Rights
    # ------------------------------------------------------------------

    def test_manager_configures_own_company_alone(self):
        self.window.create({"reminder_hourly_limit": 50})
        self.assertEqual(self.company.reminder_hourly_limit, 50)
        with self.assertRaises(AccessError):
            self.window.create(
                {"company_id": self.other.id, "reminder_hourly_limit": 50}
            )
        with self.assertRaises(AccessError):
            self.window.with_context(allowed_company_ids=self.other.ids).create(
                {"reminder_hourly_limit": 50}
            )
        with self.assertRaises(AccessError):
            self.company.with_user(self.manager).reminder_hourly_limit = 7
        self.assertFalse(self.other.reminder_hourly_limit)

    def test_manager_sees_nothing_of_other_companies(self):
        self.other.reminder_hourly_limit = 33
        for name in ("reminder_hourly_limit", "reminder_trouble", "reminder_due_count"):
            with self.subTest(field=name), self.assertRaises(AccessError):
                self.window.new({"company_id": self.other.id})[name]

    def test_manager_does_not_touch_lines_of_other_companies(self):
        theirs = self.other.reminder_default_customer_ids
        for command in (
            Command.update(theirs.id, {"duration": 9}),
            Command.delete(theirs.id),
            Command.unlink(theirs.id),
            Command.link(theirs.id),
            Command.set(theirs.ids),
        ):
            self.window.create({"reminder_default_customer_ids": [command]})
        mine = Command.create({"company_id": self.other.id, "audience": "operator"})
        self.window.create({"reminder_default_customer_ids": [mine]})
        self.env.invalidate_all()
        self.assertEqual(self.other.reminder_default_customer_ids, theirs)
        self.assertEqual(theirs.duration, 1)
        self.assertEqual(len(self.company.reminder_default_customer_ids), 1)

    def test_manager_has_no_say_in_technical_parts(self):
        for name in ("reminder_worker_count", "reminder_log_days"):
            with self.subTest(field=name):
                with self.assertRaises(AccessError):
                    self.window.create({name: 2})
                with self.assertRaises(AccessError):
                    self.window.create({}).read([name])
        arch = self.window.get_view(view_type="form")["arch"]
        self.assertNotIn("reminder_worker_count", arch)
        self.assertNotIn("action_open_reminder_service", arch)
        self.assertNotIn("action_open_reminder_sms", arch)
        with self.assertRaises(AccessError):
            self.window.create({}).action_open_reminder_service()

    def test_nobody_else_configures(self):
        groups = ("project.group_project_manager", "sales_team.group_sale_salesman")
        users = self.assignee
        for group in groups:
            users += self._create_user(group.partition(".")[2], group, groups=group)
        for user in users:
            with self.subTest(user=user.name):
                with self.assertRaises(AccessError):
                    self.window.with_user(user).create({"reminder_enabled": False})
                self._assert_no_lines(self.lines.with_user(user))
                with self.assertRaises(AccessError):
                    self.company.with_user(user)._configure_reminders({})

    def _assert_no_lines(self, lines):
        """Assert that a user neither finds nor makes a company's lines."""
        if lines.env.user.has_group("project.group_project_manager"):
            # has those of the own projects
            self.assertFalse(lines.search([]))
        else:
            with self.assertRaises(AccessError):
                lines.search([])
        with self.assertRaises(AccessError):
            lines.create({"audience": "customer"})

    def test_manager_sees_no_secrets_of_mail_accounts(self):
        account = self.mail_server.with_user(self.manager)
        self.assertEqual(account.name, "Reminders")
        for name in ("smtp_user", "smtp_pass", "smtp_ssl_private_key"):
            with self.subTest(field=name), self.assertRaises(AccessError):
                account.read([name])
        with self.assertRaises(AccessError):
            account.name = "Mine"

    def test_hourly_limit_is_not_negative(self):
        with self.assertRaisesRegex(UserError, "can't be negative"):
            self.window.create({"reminder_hourly_limit": -1})
