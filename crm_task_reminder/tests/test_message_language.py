from odoo.tests import tagged

from .window import WindowCommon


@tagged("post_install", "-at_install")
class TestMessageLanguage(WindowCommon):
    """Which language a message is in is told beforehand, and can be set."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for code in ("pl_PL", "de_DE"):
            cls.env["res.lang"]._activate_lang(code)
        cls.company.partner_id.lang = "pl_PL"
        cls.env["ir.default"].discard_values("res.partner", "lang", ["en_US"])

    def lang_of(self, **customer):
        self.customer.write(customer)
        task = self.create_task(self.line())
        [recipient] = task._get_reminder_recipients("customer", self.company)
        return recipient.lang

    def test_e10_the_language_stands_beside_the_name(self):
        task = self.create_task(self.line())
        self.assertRegex(self.people(task), r"text-warning[^>]*>· English<")
        reader = task.with_context(lang="pl_PL")
        self.assertRegex(self.people(reader), r"text-warning[^>]*>· angielski<")
        self.customer.lang = "pl_PL"
        self.assertRegex(self.people(task), r"text-muted[^>]*>· Polish<")

    def test_e10_the_same_language_of_another_country_is_no_surprise(self):
        self.env["res.lang"]._activate_lang("en_GB")
        self.company.partner_id.lang = "en_GB"
        task = self.create_task(self.line())
        self.assertRegex(self.people(task), r"text-muted[^>]*>· English<")

    def test_e10_no_language_where_there_is_but_one(self):
        task = self.create_task(self.line())
        self.assertIn("English", self.people(task))
        query = "UPDATE res_lang SET active = FALSE WHERE code != 'en_US'"
        self.env.cr.execute(query)
        self.env.registry.clear_cache("stable")
        self.env.invalidate_all()
        self.assertNotIn("English", self.people(task))

    def test_e10_the_recipients_language_unless_set_otherwise(self):
        self.assertEqual(self.lang_of(lang="en_US"), "en_US")
        self.assertEqual(self.lang_of(lang=False), "pl_PL")

    def test_e10_the_companys_where_nobody_chose(self):
        self.company.reminder_lang_choice = "company"
        for customer, lang in (
            ({"lang": "en_US"}, "pl_PL"),
            ({"lang": "de_DE"}, "de_DE"),
            ({"lang": "en_US", "country_id": False}, "pl_PL"),
            ({"lang": "en_US", "country_id": self.env.ref("base.us").id}, "en_US"),
        ):
            with self.subTest(**customer):
                self.assertEqual(self.lang_of(**customer), lang)

    def test_e10_the_language_that_odoo_gives_may_be_another(self):
        self.company.reminder_lang_choice = "company"
        self.env["ir.default"].set("res.partner", "lang", "de_DE")
        self.assertEqual(self.lang_of(lang="de_DE"), "pl_PL")
        self.assertEqual(self.lang_of(lang="en_US"), "en_US")

    def test_e10_set_in_the_window(self):
        with self._open() as window:
            self.assertEqual(window.reminder_lang_choice, "recipient")
            window.reminder_lang_choice = "company"
        self.assertEqual(self.company.reminder_lang_choice, "company")
        self.assertEqual(self.other.reminder_lang_choice, "recipient")
