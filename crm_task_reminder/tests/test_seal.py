from passlib.context import CryptContext

from odoo.addons.base.models.res_users import ResUsersPatchedInTest
from odoo.exceptions import AccessDenied
from odoo.tests import tagged

from .common import ReminderCommon

PASSWORD = "correct horse battery staple"


@tagged("post_install", "-at_install")
class TestSeal(ReminderCommon):
    """The sender's consent ends with the password, not with how it is hashed."""

    #: Rounds of hashing; each takes time, and Odoo's tests do with one.
    rounds = 1

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sender.password = PASSWORD
        cls.other = cls._create_company("Drugi Dom")
        cls.sender.company_ids += cls.other
        cls.other.reminder_user_id = cls.sender
        for company in (cls.company, cls.other):
            cls._seal(company)

    @classmethod
    def _seal(cls, company):
        seal = cls.sender._get_reminder_seal(company)
        company.sudo().reminder_seal = seal

    def _raise_rounds(self):
        """Have passwords hashed with more work, as Odoo and administrators do."""
        self.rounds += 1
        hashing = CryptContext(
            ["pbkdf2_sha512", "plaintext"],
            deprecated=["auto"],
            pbkdf2_sha512__rounds=self.rounds,
        )
        self.patch(self.registry["res.users"], "_crypt_context", lambda _user: hashing)

    def _sign_in(self, password=PASSWORD):
        """Sign in as the web client does; return whether the hash has changed."""
        before = self.sender._get_reminder_password_hash()
        user = self.env["res.users"].with_user(self.sender)
        credential = {
            "login": self.sender.login,
            "password": password,
            "type": "password",
        }
        user._check_credentials(credential, {"interactive": True})
        self.env.flush_all()
        return self.sender._get_reminder_password_hash() != before

    def _get_troubles(self):
        companies = self.company + self.other
        companies.invalidate_recordset()
        return [company._get_reminder_trouble() for company in companies]

    def test_b12_same_password_hashed_anew(self):
        self._raise_rounds()
        self.assertEqual(self._get_troubles(), [False, False])
        self.assertTrue(self._sign_in())
        self.assertEqual(self._get_troubles(), [False, False])
        self.assertFalse(self._sign_in(), "once is enough")
        self.send(self.line())
        self.assertEqual(len(self.texts), 1)

    def test_b12_same_password_hashed_anew_by_the_window(self):
        manager = self._create_user(
            "manager", "Maria Manager", groups="sales_team.group_sale_manager"
        )
        self.company.sudo().reminder_seal = False
        self._raise_rounds()
        window = self.env["crm.task.reminder.settings"].with_user(manager)
        window.create(
            {"reminder_user_id": self.sender.id, "reminder_password": PASSWORD}
        )
        self.assertEqual(self._get_troubles(), [False, False])

    def test_b12_consent_that_had_ended_does_not_come_back(self):
        self.company.sudo().reminder_seal = "0" * 64
        self._raise_rounds()
        self.assertTrue(self._sign_in())
        self.assertEqual(self._get_troubles(), ["operator_password", False])

    def test_b12_ends_with_the_password(self):
        self._raise_rounds()
        self.sender.password = "another password"
        self.assertEqual(self._get_troubles(), ["operator_password"] * 2)
        self._raise_rounds()
        self.assertTrue(self._sign_in("another password"))
        self.assertEqual(self._get_troubles(), ["operator_password"] * 2)

    def test_b12_ends_with_a_password_written_by_sql(self):
        new = self.sender._crypt_context().hash("another password")
        for value in (new, "another password"):
            with self.subTest(value[:8]):
                self._seal(self.company)
                self.cr.execute(
                    "UPDATE res_users SET password = %s WHERE id = %s",
                    [value, self.sender.id],
                )
                self._raise_rounds()
                self.assertTrue(self._sign_in("another password"))
                self.assertEqual(self._get_troubles(), ["operator_password"] * 2)

    def test_b12_ends_with_a_password_that_another_module_sets_at_the_sign_in(self):
        """As one does that takes over the password of a directory."""

        def take_over(user, credential, _env):
            hashing = user._crypt_context()
            new = hashing.hash(credential["password"])
            user._set_encrypted_password(user.env.uid, new)
            return {"uid": user.env.uid, "auth_method": "password", "mfa": "default"}

        self.patch(ResUsersPatchedInTest, "_check_credentials", take_over)
        self.assertTrue(self._sign_in("of the directory"))
        self.assertEqual(self._get_troubles(), ["operator_password"] * 2)

    def test_b12_wrong_password_changes_nothing(self):
        self._raise_rounds()
        with self.assertRaises(AccessDenied):
            self._sign_in("wrong")
        self.assertEqual(self._get_troubles(), [False, False])
        self.assertTrue(self._sign_in())
        self.assertEqual(self._get_troubles(), [False, False])

    def test_b12_nothing_of_the_password_is_kept(self):
        self._raise_rounds()
        self._sign_in()
        seal = self.company.sudo().reminder_seal
        self.assertNotIn(PASSWORD, seal)
        self.assertNotIn(self.sender._get_reminder_password_hash(), seal)
        self.assertRegex(seal, "^[0-9a-f]{64}$")
