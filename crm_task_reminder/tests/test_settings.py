from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import ReminderCommon


@tagged("post_install", "-at_install")
class TestSettings(ReminderCommon):
    """The window: what it saves, for whom, and what it refuses."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._create_company("Wärmewerk", "de", "Europe/Berlin")
        cls.manager = cls._create_user(
            "manager", "Maria Manager", groups="sales_team.group_sale_manager"
        )
        cls.admin = cls._create_user(
            "admin_here",
            "Anna Admin",
            groups="base.group_system,sales_team.group_sale_manager",
        )
        cls.window = cls.env["crm.task.reminder.settings"].with_user(cls.manager)
        cls.lines = cls.env["crm.task.reminder.default"].with_user(cls.manager)

    def _open(self, user=None, company=None):
        """Return the window as the browser opens it."""
        window = self.window.with_user(user or self.manager)
        if company:
            window = window.with_context(allowed_company_ids=company.ids)
        return Form(window)

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
            self.assertEqual(window.reminder_user_id, self.operator)
            window.reminder_enabled = False
        self.assertFalse(self.company.reminder_enabled)
        self.assertTrue(self.other.reminder_enabled)

    def test_r04_settings_of_odoo_show_the_same_window(self):
        settings = self.env["res.config.settings"].with_user(self.admin)
        with Form(settings) as form:
            self.assertTrue(form.reminder_enabled)
            form.reminder_enabled = False
        self.assertFalse(self.company.reminder_enabled)

    # ------------------------------------------------------------------
    # R7: the e-mail account
    # ------------------------------------------------------------------

    def test_r07_account_of_nobody_or_of_the_operator(self):
        own = self._create_mail_server("Olga's", owner_user_id=self.operator.id)
        strange = self._create_mail_server("Adam's", owner_user_id=self.assignee.id)
        self.window.create({"reminder_mail_server_id": own.id})
        self.assertEqual(self.company.reminder_mail_server_id, own)
        with self.assertRaisesRegex(ValidationError, "belongs to Adam Assignee"):
            self.window.create({"reminder_mail_server_id": strange.id})

    def test_r07_operator_and_account_change_together(self):
        own = self._create_mail_server("Olga's", owner_user_id=self.operator.id)
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
        self.mail_server.owner_user_id = self.operator

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

    def test_r07_warning_follows_what_is_chosen(self):
        self.mail_server.from_filter = "operator@zielonydom.example"
        window = self._open()
        self.assertFalse(window.reminder_mail_warning)
        window.reminder_user_id = self.manager
        self.assertIn("manager@zielonydom.example", window.reminder_mail_warning)

    def test_r07_warning_when_the_operator_has_no_address(self):
        self.operator.email = False
        self.assertIn("no e-mail address", self._open().reminder_mail_warning)

    def test_r07_warning_when_the_own_account_is_not_used(self):
        self.mail_server.write(
            {
                "owner_user_id": self.operator.id,
                "from_filter": "operator@zielonydom.example",
            }
        )
        self.assertIn("does not use", self._open().reminder_mail_warning)
        self.operator.sudo().outgoing_mail_server_id = self.mail_server
        self.assertFalse(self._open().reminder_mail_warning)

    # ------------------------------------------------------------------
    # R8 to R14: the two tabs
    # ------------------------------------------------------------------

    def test_r09_switching_on_gives_one_sms_line(self):
        for audience in ("customer", "operator"):
            with self.subTest(audience=audience):
                window = self._open()
                window[f"reminder_{audience}_default"] = True
                lines = window[f"reminder_default_{audience}_ids"]
                self.assertEqual(len(lines), 1)
                with lines.edit(0) as line:
                    self.assertEqual(line.channel, "sms")
                    self.assertTrue(line.sms_template_id)

    def test_r09_both_forms(self):
        with self._open() as window:
            window.reminder_customer_default = True
            with window.reminder_default_customer_ids.new() as line:
                line.channel = "email"
                line.duration = 2
                line.duration_unit = "hours"
        lines = self.company.reminder_default_customer_ids
        self.assertEqual(lines.mapped("channel"), ["sms", "email"])
        self.assertEqual(lines[1].company_id, self.company)
        self.assertEqual(
            lines[1].mail_template_id.get_external_id()[lines[1].mail_template_id.id],
            "crm_task_reminder.mail_template_customer",
        )

    def test_r08_tabs_do_not_influence_each_other(self):
        operators = self.company.reminder_default_operator_ids
        before = operators.read(["channel", "duration", "duration_unit"])
        with self._open() as window:
            window.reminder_customer_default = True
            with window.reminder_default_customer_ids.edit(0) as line:
                line.duration = 5
            window.reminder_default_customer_ids.new().save()
        self.assertFalse(self.company.reminder_operator_default)
        self.assertEqual(self.company.reminder_default_operator_ids, operators)
        self.assertEqual(
            operators.read(["channel", "duration", "duration_unit"]), before
        )
        remove = Command.delete(operators.id)  # as the browser does
        self.window.create({"reminder_default_operator_ids": [remove]})
        self.assertFalse(self.company.reminder_default_operator_ids)
        self.assertEqual(len(self.company.reminder_default_customer_ids), 2)
        self.assertEqual(self.company.reminder_default_customer_ids[0].duration, 5)

    def test_r08_other_companies_keep_theirs(self):
        theirs = self.other.reminder_default_customer_ids
        self.window.create({"reminder_default_customer_ids": [Command.clear()]})
        self.assertFalse(self.company.reminder_default_customer_ids)
        self.assertEqual(self.other.reminder_default_customer_ids, theirs)

    def test_r10_r12_only_templates_for_tasks(self):
        partner = self.env.ref("base.model_res_partner").id
        line = self.company.reminder_default_customer_ids
        bodies = {"sms_template_id": {"body": "Hello"}, "mail_template_id": {}}
        for name, body in bodies.items():
            template = self.env[line[name]._name].create(
                {"name": "For partners", "model_id": partner, **body}
            )
            with self.subTest(field=name):
                domain = line._fields[name].domain
                self.assertNotIn(template, template.search(domain))
                self.assertIn(line[name], line[name].search(domain))
                with self.assertRaisesRegex(ValidationError, "not one for tasks"):
                    line[name] = template

    def test_r10_r12_manager_creates_and_opens_templates(self):
        line = self.company.reminder_default_customer_ids.with_user(self.manager)
        for name, body in [
            ("sms_template_id", "body"),
            ("mail_template_id", "subject"),
        ]:
            with self.subTest(field=name):
                context = line._fields[name].context
                template = (
                    line[name]
                    .with_context(**context)
                    .create({"name": "Mine", body: "See {{ object.name }}"})
                )
                self.assertEqual(template.model, "project.task")
                template.write({body: "Do not forget {{ object.name }}"})
                line[name] = template

    def test_r14_saves_without_template(self):
        with self._open() as window:
            window.reminder_customer_default = True
            with window.reminder_default_customer_ids.edit(0) as line:
                line.sms_template_id = self.env["sms.template"]
        self.assertFalse(self.company.reminder_default_customer_ids.sms_template_id)

    def test_r11_r13_time_is_at_least_nothing_and_at_most_a_year(self):
        line = self.company.reminder_default_customer_ids.with_user(self.manager)
        for duration, unit in [(0, "minutes"), (365, "days"), (52, "weeks")]:
            with self.subTest(duration=duration, unit=unit):
                line.write({"duration": duration, "duration_unit": unit})
        for duration, unit, words in [
            (-1, "hours", "can't be negative: -1"),
            (54, "weeks", "at most one year"),
            (10**6, "hours", "at most one year"),
            (10**10, "minutes", "at most one year"),
            (-(10**10), "minutes", "at most one year"),
            (1e300, "weeks", "at most one year"),
            (1.5, "hours", "whole number, not 1.5"),
            ("soon", "hours", "whole number, not soon"),
            (float("inf"), "hours", "whole number, not inf"),
            (float("nan"), "hours", "whole number, not nan"),
            ([1], "hours", "whole number"),
        ]:
            with (
                self.subTest(duration=duration, unit=unit),
                self.assertRaisesRegex(ValidationError, words),
            ):
                line.write({"duration": duration, "duration_unit": unit})
            with (
                self.subTest(duration=duration, unit=unit, new=True),
                self.assertRaisesRegex(ValidationError, words),
            ):
                line.create({"duration": duration, "duration_unit": unit})

    def test_r08_saving_other_settings_over_the_api_keeps_the_lines(self):
        lines = self.company.reminder_default_customer_ids
        self.window.create({"reminder_send_passed": True})
        window = self.window.create({})
        window.write({"reminder_send_passed": False})
        self.assertEqual(self.company.reminder_default_customer_ids, lines)
        create = Command.create({"channel": "email"})
        window.write({"reminder_default_customer_ids": [create]})
        self.assertEqual(len(self.company.reminder_default_customer_ids), 2)
        window.write({"reminder_default_customer_ids": [Command.set(lines.ids)]})
        self.assertEqual(self.company.reminder_default_customer_ids, lines)
        window.write({"reminder_default_customer_ids": [Command.clear()]})
        self.assertFalse(self.company.reminder_default_customer_ids)

    def test_r08_two_managers_at_once(self):
        """Who saves last does not undo the lines that somebody else has added."""
        first = self._open()
        first.reminder_customer_default = True
        with first.reminder_default_customer_ids.edit(0) as line:
            line.duration = 5
        with self._open(self.admin) as second:
            second.reminder_customer_default = True
            with second.reminder_default_customer_ids.new() as line:
                line.channel = "email"
        first.save()
        lines = self.company.reminder_default_customer_ids
        self.assertEqual(lines.mapped("channel"), ["sms", "email"])
        self.assertEqual(lines[0].duration, 5)

    def test_r08_a_tab_reaches_no_line_of_the_other(self):
        line = self.company.reminder_default_operator_ids
        for command in (
            Command.update(line.id, {"duration": 9}),
            Command.delete(line.id),
            Command.clear(),
        ):
            self.window.create({"reminder_default_customer_ids": [command]})
        self.assertEqual(self.company.reminder_default_operator_ids, line)
        self.assertEqual(line.duration, 1)

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
                with self.assertRaises(AccessError):
                    self.lines.with_user(user).search([])
                with self.assertRaises(AccessError):
                    self.company.with_user(user)._configure_reminders({})

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
