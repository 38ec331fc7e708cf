from odoo.tests import tagged

from .common import ReminderCommon


@tagged("post_install", "-at_install")
class TestTemplateChoice(ReminderCommon):
    """Templates are offered in an order that goes with whom the line is for."""

    def search(self, audience, model="sms.template", **options):
        templates = self.env[model].with_user(self.assignee)
        domain = [("model", "=", "project.task")]
        templates = templates.with_context(reminder_audience=audience)
        return [id_ for id_, _name in templates.name_search("", domain, **options)]

    def test_e18_an_audiences_templates_come_first(self):
        for form in ("sms", "mail"):
            for audience in ("customer", "operator"):
                standard = self.env.ref(f"crm_task_reminder.{form}_template_{audience}")
                with self.subTest(form=form, audience=audience):
                    found = self.search(audience, f"{form}.template")
                    self.assertEqual(found[0], standard.id)

    def test_e18_those_in_use_come_with_them(self):
        standard = self.env.ref("crm_task_reminder.sms_template_operator")
        own = standard.copy({"name": "Zzz"})
        others = standard.copy({"name": "Aaa"})
        self.create_task(self.line("operator", sms_template_id=own.id))
        self.company.reminder_default_customer_ids.sms_template_id = others
        for audience, first, last in (
            ("operator", (standard, own), others),
            ("customer", (others,), own),
        ):
            place = self.search(audience).index
            for template in first:
                self.assertLess(place(template.id), place(last.id))

    def test_e18_use_in_another_company_does_not_count(self):
        standard = self.env.ref("crm_task_reminder.sms_template_operator")
        foreign = standard.copy({"name": "Aaa"})
        other = self._create_company("Wärmewerk", "de", "Europe/Berlin")
        other.reminder_default_operator_ids.sms_template_id = foreign
        self.assertEqual(self.search("operator")[0], standard.id)

    def test_e18_each_once_and_no_more_than_asked_for(self):
        every = self.search("customer")
        self.assertEqual(len(every), len(set(every)))
        self.assertCountEqual(every, self.search(False))
        for limit in (1, 2, 3):
            self.assertEqual(self.search("customer", limit=limit), every[:limit])
