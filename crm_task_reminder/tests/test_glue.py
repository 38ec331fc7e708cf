from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from odoo.tests import TransactionCase, tagged

ADDON = Path(__file__).parent.parent
SCRIPT = ADDON / "migrations" / "19.0.1.2.0" / "post-migration.py"


@tagged("post_install", "-at_install")
class TestGlue(TransactionCase):
    """An upgrade installs what was part of the addon before, where it is of use."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        spec = spec_from_file_location("migration", SCRIPT)
        cls.script = module_from_spec(spec)
        spec.loader.exec_module(cls.script)
        modules = cls.env["ir.module.module"]
        cls.twilio = modules.search([("name", "=", "sms_twilio")])
        cls.glue = modules.search([("name", "=", "crm_task_reminder_sms_twilio")])
        cls.glue.state = "uninstalled"

    def _migrate(self, twilio):
        """Return the state of the glue after a migration.

        :param str twilio: the state of Odoo's module for Twilio
        """
        self.twilio.state = twilio
        self.env.flush_all()
        self.script.migrate(self.env.cr, "19.0.1.1.0")
        self.env.invalidate_all()
        return self.glue.state

    def test_glue_comes_where_twilio_is(self):
        self.assertEqual(self._migrate("installed"), "to install")

    def test_glue_comes_where_twilio_is_upgraded_later_in_the_same_run(self):
        self.assertEqual(self._migrate("to upgrade"), "to install")

    def test_nothing_comes_without_twilio(self):
        self.assertEqual(self._migrate("uninstalled"), "uninstalled")

    def test_glue_that_is_there_stays(self):
        self.glue.state = "installed"
        self.assertEqual(self._migrate("installed"), "installed")

    def test_upgrade_goes_on_where_the_folder_of_the_glue_is_missing(self):
        self.glue.name = "somewhere_else"
        self.assertEqual(self._migrate("installed"), "uninstalled")
