import logging

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged

from ..models.res_company import ENDPOINT
from .common import TOKEN, SmsapiCommon


@tagged("post_install", "-at_install")
class TestAccount(SmsapiCommon):
    """The set-up: who may see and change it, and what it says."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        company = {
            "company_id": cls.company.id,
            "company_ids": [(6, 0, cls.company.ids)],
        }
        cls.admin = new_test_user(
            cls.env, login="smsapi_admin", groups="base.group_system", **company
        )
        cls.manager = new_test_user(
            cls.env, login="smsapi_manager", groups="base.group_erp_manager", **company
        )
        cls.clerk = new_test_user(
            cls.env,
            login="smsapi_clerk",
            groups="base.group_user,base.group_partner_manager",
            **company,
        )
        cls.account = cls.env["sms.smsapi.account"].with_user(cls.admin)

    # ------------------------------------------------------------------
    # Rights
    # ------------------------------------------------------------------

    def test_account_is_the_administrators(self):
        names = [
            name for name in self.company._fields if name.startswith("sms_smsapi_")
        ]
        self.assertEqual(len(names), 8)
        for user in (self.manager, self.clerk):
            for name in names:
                with self.subTest(user=user.login, name=name):
                    with self.assertRaises(AccessError):
                        self.company.with_user(user).read([name])
                    with self.assertRaises(AccessError):
                        self.company.with_user(user).write({name: False})
            for model in (
                "sms.smsapi.account",
                "sms.smsapi.sender",
                "sms.smsapi.report",
            ):
                with self.subTest(user=user.login, model=model):
                    records = self.env[model].with_user(user)
                    with self.assertRaises(AccessError):
                        records.search([])
                    with self.assertRaises(AccessError):
                        records.create({})
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                # nobody else can have the calls, and the token in them, go elsewhere
                parameters = self.env["ir.config_parameter"].with_user(user)
                parameters.set_param(ENDPOINT, "http://evil.example")

    def test_token_is_not_found_out_by_asking_around_it(self):
        spec = {"sms_smsapi_token": {}}
        guess = ("sms_smsapi_token", "=like", f"{TOKEN[:3]}%")
        (self.manager + self.clerk).group_ids += self.env.ref("base.group_allow_export")
        for user in (self.manager, self.clerk):
            company = self.company.with_user(user)
            users = self.env["res.users"].with_user(user)
            asked = {
                "search": lambda c=company: c.search([guess]),
                "count": lambda c=company: c.search_count([guess]),
                "order": lambda c=company: c.search([], order="sms_smsapi_token"),
                "group": lambda c=company: c.formatted_read_group(
                    [], ["sms_smsapi_token"], ["__count"]
                ),
                "largest": lambda c=company: c.formatted_read_group(
                    [], [], ["sms_smsapi_token:max"]
                ),
                "export": lambda c=company: c.export_data(["name", "sms_smsapi_token"]),
                "by the name": lambda c=company: c.name_search("", [guess]),
                "onchange": lambda c=company: c.onchange({}, [], spec),
                "by another model": lambda u=users: u.search(
                    [(f"company_id.{guess[0]}", *guess[1:])]
                ),
                "export of another model": lambda u=users: u.browse(
                    u.env.uid
                ).export_data(["company_id/sms_smsapi_token"]),
            }
            for way, ask in asked.items():
                with self.subTest(user=user.login, way=way):
                    try:
                        answer = ask()
                    except AccessError:
                        continue
                    self.assertNotIn(TOKEN, str(answer))
                    self.assertIn(way, ("onchange", "export of another model"))

    def test_clerk_sends_with_the_account(self):
        receipt = self.text(self.customer.with_user(self.clerk)).sudo()
        self.assertEqual(receipt.notification_status, "pending")
        [(token, _values)] = self.smsapi.calls
        self.assertEqual(token, TOKEN)

    def test_token_is_never_shown(self):
        account = self.account.create({})
        values = account.read()[0]
        self.assertTrue(values["has_token"])
        self.assertNotIn(TOKEN, str(values))
        self.assertNotIn(TOKEN, str(self.account.web_search_read([], {"token": {}})))
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT column_name FROM information_schema.columns "
            "WHERE table_name = 'sms_smsapi_account' AND column_name = 'token'"
        )
        self.assertFalse(self.env.cr.fetchall(), "it is not stored in that table")

    def test_token_is_in_no_log_and_no_error(self):
        self.addCleanup(logging.disable, logging.root.manager.disable)
        logging.disable(logging.NOTSET)  # who runs the tests may want to see no notes
        for error in (101, 4711, None):
            self.smsapi.error = (error, "No")
            with self.subTest(error=error):
                with self.assertLogs(level="DEBUG") as logs:
                    receipt = self.text()
                text = "\n".join(logs.output)
                self.assertIn("POST /sms.do", text, "the client's own notes, too")
                self.assertNotIn(TOKEN, text)
                self.assertNotIn(TOKEN, receipt.failure_reason)
                with self.assertRaises(UserError) as refusal:
                    self.account.create({}).action_test_connection()
                self.assertNotIn(TOKEN, str(refusal.exception))

    # ------------------------------------------------------------------
    # What is entered
    # ------------------------------------------------------------------

    def test_token_is_replaced_and_kept(self):
        with Form(self.account) as form:
            form.token = f"  {TOKEN}-2\n"
        self.assertEqual(self.company.sms_smsapi_token, f"{TOKEN}-2")
        with Form(self.account) as form:
            form.is_test = True
        self.assertEqual(self.company.sms_smsapi_token, f"{TOKEN}-2")
        self.assertTrue(self.company.sms_smsapi_is_test)
        form.record.action_remove_token()
        self.assertFalse(self.company.sms_smsapi_token)

    def test_what_can_not_be_is_refused(self):
        for values in (
            {"sms_smsapi_token": "two words"},
            {"sms_smsapi_token": "line\nbreak"},
            {"sms_smsapi_token": "żółć"},
            {"sms_smsapi_parts": -1},
            {"sms_smsapi_parts": 11},
        ):
            with self.subTest(values=values), self.assertRaises(ValidationError):
                self.company.write(values)

    def test_name_is_one_of_the_companys(self):
        other = self.create_company("Wärmewerk", "another")
        name = self.env["sms.smsapi.sender"].create(
            {"company_id": other.id, "name": "Waerme"}
        )
        with self.assertRaises(ValidationError):
            self.company.sms_smsapi_sender_id = name

    # ------------------------------------------------------------------
    # Test connection
    # ------------------------------------------------------------------

    def test_connection_tells_the_balance_and_fetches_the_names(self):
        action = self.account.create({}).action_test_connection()
        self.assertEqual(action["params"]["type"], "success")
        self.assertIn("500.00 points", action["params"]["message"])
        self.assertIn("3,000 SMS", action["params"]["message"])
        names = self.env["sms.smsapi.sender"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertEqual(names.mapped("name"), ["Zielony Dom", "Info"])

        self.company.sms_smsapi_sender_id = names[1]
        self.smsapi.names[1:2] = []
        self.account.create({}).action_test_connection()
        self.assertEqual(names.exists().mapped("name"), ["Info"])
        self.assertEqual(self.company.sms_smsapi_sender_id.name, "Info")

    def test_connection_says_what_is_wrong(self):
        for error, words in {
            (101, "Authorization failed"): "does not accept the token",
            (105, ""): "this server's address",
            (4711, "Moon phase"): "Moon phase",
            (None, None): "did not answer clearly",
        }.items():
            self.smsapi.error = error
            with self.subTest(error=error), self.assertRaisesRegex(UserError, words):
                self.account.create({}).action_test_connection()
        self.company.sms_smsapi_token = False
        with self.assertRaisesRegex(UserError, "token is missing"):
            self.account.create({}).action_test_connection()
