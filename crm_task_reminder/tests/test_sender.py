"""The choice of a sender: with the password, which is kept nowhere."""

import base64
from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .senders import PASSWORD, SenderCommon


@tagged("post_install", "-at_install")
class TestSender(SenderCommon):
    """Who the sender is, and how the password is asked for."""

    def _remove_password(self, user):
        user.flush_recordset()
        self.env.cr.execute(
            "UPDATE res_users SET password = NULL WHERE id = %s", [user.id]
        )

    # ------------------------------------------------------------------
    # Choosing
    # ------------------------------------------------------------------

    def test_r06_another_sender_with_the_right_password(self):
        self._choose(self.chosen, PASSWORD)
        self.assertEqual(self.company.reminder_user_id, self.chosen)
        self.assertFalse(self._get_trouble())

    def test_r06_wrong_password_is_refused(self):
        for password in ("wrong", PASSWORD.upper(), PASSWORD + " ", False):
            with (
                self.subTest(password=password),
                self.assertRaisesRegex(UserError, "Celina Chosen"),
                self.cr.savepoint(),
            ):
                self._choose(self.chosen, password)
        self.company.invalidate_recordset()
        self.assertEqual(self.company.reminder_user_id, self.sender)
        self.assertFalse(self._get_trouble())

    def test_r06_the_managers_own_password_is_not_the_senders(self):
        self.manager.password = "a password of my own"
        with self.assertRaises(UserError):
            self._choose(self.chosen, "a password of my own")

    def test_r06_oneself_needs_no_password(self):
        self._choose(self.manager)
        self.assertEqual(self.company.reminder_user_id, self.manager)
        self.assertFalse(self._get_trouble())

    def test_r06_settings_of_the_administrator_ask_as_well(self):
        admin = self._create_user(
            "admin_here", "Anna Admin", groups="base.group_system"
        )
        settings = self.env["res.config.settings"].with_user(admin)
        with self.assertRaisesRegex(UserError, "Enter the password of Celina Chosen"):
            self._choose(self.chosen, window=settings)
        self._choose(self.chosen, PASSWORD, window=settings)
        self.assertFalse(self._get_trouble())

    def test_r06_other_settings_can_be_saved_without_the_password(self):
        self._choose(self.chosen, PASSWORD)
        self.window.create(
            {"reminder_user_id": self.chosen.id, "reminder_send_passed": True}
        )
        self.assertFalse(self._get_trouble())
        self.chosen.password = "another password"
        self.window.create(
            {"reminder_user_id": self.chosen.id, "reminder_send_passed": False}
        )
        self.assertFalse(self.company.reminder_send_passed)
        self.assertEqual(self._get_trouble(), "operator_password")

    def test_r06_consent_does_not_come_with_a_direct_write(self):
        admin = self._create_user(
            "admin_here", "Anna Admin", groups="base.group_system"
        )
        self.company.with_user(admin).reminder_user_id = self.chosen
        self.assertEqual(self._get_trouble(), "operator_password")

    def test_r06_consent_is_for_one_company(self):
        other = self._create_company("Drugi Dom")
        self.chosen.company_ids += other
        self._choose(self.chosen, PASSWORD)
        other.reminder_user_id = self.chosen
        other.sudo().reminder_seal = self.company.sudo().reminder_seal
        self.assertEqual(other._get_reminder_trouble(), "operator_password")

    def test_r06_sender_who_signs_in_with_two_factors(self):
        self.chosen.totp_secret = base64.b32encode(b"twenty bytes of key!").decode()
        self.assertTrue(self.chosen.totp_enabled)
        with self.assertRaises(UserError):
            self._choose(self.chosen, "wrong")
        self._choose(self.chosen, PASSWORD)
        self.assertFalse(self._get_trouble())

    def test_r06_key_of_the_api_is_no_password(self):
        keys = self.env["res.users.apikeys"].with_user(self.chosen)
        tomorrow = self.now + timedelta(days=1)
        key = keys._generate("rpc", "Key", tomorrow)
        with self.assertRaises(UserError):
            self._choose(self.chosen, key)

    def test_r06_user_without_password_is_chosen_by_oneself_or_an_administrator(self):
        self._remove_password(self.chosen)
        with self.assertRaisesRegex(UserError, "signs in without a password"):
            self._choose(self.chosen)
        self._choose(self.chosen, window=self.window.with_user(self._make_manager()))
        self.assertFalse(self._get_trouble())
        self.company.reminder_user_id = self.sender
        admin = self._create_user(
            "admin_here", "Anna Admin", groups="base.group_system"
        )
        self._choose(self.chosen, window=self.window.with_user(admin))
        self.assertFalse(self._get_trouble())
        self.chosen.password = PASSWORD
        self.assertEqual(self._get_trouble(), "operator_password")

    # ------------------------------------------------------------------
    # The password is kept nowhere
    # ------------------------------------------------------------------

    def test_r06_password_has_no_column(self):
        for model in ("res.config.settings", "crm.task.reminder.settings"):
            with self.subTest(model=model):
                self.assertFalse(self.env[model]._fields["reminder_password"].store)
                self.cr.execute(
                    "SELECT column_name FROM information_schema.columns "
                    "WHERE table_name = %s AND column_name LIKE 'reminder%%'",
                    [self.env[model]._table],
                )
                self.assertFalse(self.cr.fetchall())

    def test_r06_password_does_not_come_back(self):
        window = self._choose(self.chosen, PASSWORD)
        self.assertFalse(window.reminder_password)
        window.write({"reminder_password": PASSWORD})
        self.assertFalse(window.reminder_password)
        self.assertNotIn(PASSWORD, str(window.read()))

    def test_r06_seal_is_neither_the_password_nor_its_hash(self):
        self._choose(self.chosen, PASSWORD)
        seal = self.company.sudo().reminder_seal
        self.assertNotIn(PASSWORD, seal)
        self.assertNotIn(self.chosen._get_reminder_password_hash(), seal)
        self.assertRegex(seal, "^[0-9a-f]{64}$")

    def test_r06_nobody_reads_the_seal(self):
        admin = self._create_user(
            "admin_here", "Anna Admin", groups="base.group_system"
        )
        for user in (admin, self.manager, self.chosen):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                self.company.with_user(user).read(["reminder_seal"])
