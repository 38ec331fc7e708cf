import logging
from collections import defaultdict
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import ReminderCommon

PASSWORD = "correct horse battery staple"


@tagged("post_install", "-at_install")
class TestGuessing(ReminderCommon):
    """The window in which a sender is chosen is no place to guess passwords."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._create_user(
            "manager", "Maria Manager", groups="sales_team.group_sale_manager"
        )
        cls.target = cls._create_user("target", "Tamara Target")
        cls.second = cls._create_user("second", "Second Account")
        (cls.target + cls.second).password = PASSWORD
        parameters = cls.env["ir.config_parameter"]
        parameters.set_param("base.login_cooldown_after", 5)
        parameters.set_param("base.login_cooldown_duration", 60)

    def setUp(self):
        super().setUp()
        # this worker has kept no guess yet, and keeps none for other tests
        self.env.registry._reminder_guesses = defaultdict(list)
        self.addCleanup(delattr, self.env.registry, "_reminder_guesses")

    def _choose(self, user, password):
        """Tell whether the password was taken, and count how often it was compared."""
        window = self.env["crm.task.reminder.settings"].with_user(self.manager)
        compare = type(user)._check_credentials

        def count(users, *args):
            self.compared += users.env.user == self.target
            return compare(users, *args)

        with patch.object(type(user), "_check_credentials", count):
            try:
                with self.env.cr.savepoint():
                    window.create(
                        {"reminder_user_id": user.id, "reminder_password": password}
                    )
            except UserError:
                return False
        return True

    def test_a06_an_own_second_account_does_not_start_the_count_anew(self):
        self.compared = 0
        for number in range(28):
            self.pass_time(milliseconds=400)
            is_own = number % 5 == 4
            user = self.second if is_own else self.target
            self._choose(user, PASSWORD if is_own else f"guess {number}")
        self.assertLessEqual(self.compared, 5)
        self.assertFalse(self._choose(self.target, PASSWORD), "too many tries")
        self.pass_time(minutes=1)
        self.assertTrue(self._choose(self.target, PASSWORD))

    def test_a06_many_users_of_one_company_are_one_target(self):
        self.compared = 0
        users = [self._create_user(f"u{n}", f"User {n}") for n in range(6)]
        for user in users:
            user.password = PASSWORD
            self._choose(user, "guess")
        self.assertFalse(self._choose(self.target, PASSWORD))
        self.assertFalse(self.compared)

    def test_a06_a_slip_long_ago_does_not_count(self):
        self.compared = 0
        for _number in range(6):
            self.assertFalse(self._choose(self.target, "slip"))
            self.pass_time(minutes=20)
        self.assertTrue(self._choose(self.target, PASSWORD))

    def test_a06_log_says_so_in_the_words_of_the_sign_in(self):
        self.compared = 0
        logger = "odoo.addons.crm_task_reminder.models.company.res_users"
        with self.assertLogs(logger, logging.INFO) as logs:
            self._choose(self.target, "guess")
        self.assertIn("Login failed for login:target from n/a", logs.output[0])
        self.assertNotIn("guess", str(logs.output))
