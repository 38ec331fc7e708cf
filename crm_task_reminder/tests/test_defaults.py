from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .window import WindowCommon


@tagged("post_install", "-at_install")
class TestDefaults(WindowCommon):
    """R8 to R14: the window's two tabs, the defaults of each audience."""

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
