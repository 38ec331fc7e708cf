"""What the tests of the choice of a sender have in common."""

from .common import ReminderCommon

#: What Odoo's own test users have: the login twice, until it is long enough.
PASSWORD = "correct horse battery staple"


class SenderCommon(ReminderCommon):
    """A manager who chooses, and somebody to be chosen, with a password."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._create_user(
            "manager",
            "Maria Manager",
            groups="sales_team.group_sale_manager,project.group_project_manager",
        )
        cls.chosen = cls._create_user("chosen", "Celina Chosen")
        cls.chosen.password = PASSWORD
        cls.window = cls.env["crm.task.reminder.settings"].with_user(cls.manager)

    def _choose(self, user, password=False, window=None):
        window = self.window if window is None else window
        return window.create(
            {"reminder_user_id": user.id, "reminder_password": password}
        )

    def _get_trouble(self):
        return self.company._get_reminder_trouble()

    def _make_manager(self):
        self.chosen.group_ids += self.env.ref("sales_team.group_sale_manager")
        return self.chosen
