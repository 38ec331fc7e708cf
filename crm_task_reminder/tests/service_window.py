"""What the tests of what the window says about the service have in common."""

from odoo.tests import Form

from .common import ReminderCommon


class ServiceWindowCommon(ReminderCommon):
    """An administrator at the company's window."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = cls._create_user(
            "admin_here",
            "Anna Admin",
            groups="base.group_system,sales_team.group_sale_manager",
        )
        cls.window = cls.env["crm.task.reminder.settings"].with_user(cls.admin)

    def setUp(self):
        super().setUp()
        # now is what Odoo's database clock says, the moment of the last change
        self.set_now(self.env.cr.now().replace(microsecond=0))

    def _open(self):
        self.env.flush_all()
        self.env.invalidate_all()
        return Form(self.window)

    def _assert_state(self, state):
        self.assertEqual(self._open().reminder_service_state, state)
