"""What the tests of the window of settings have in common."""

from odoo.tests import Form

from .common import ReminderCommon


class WindowCommon(ReminderCommon):
    """A second company, a sales manager and an administrator, and the window."""

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
