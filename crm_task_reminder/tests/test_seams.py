from odoo.tests import tagged

from . import (
    seams,
    seams_base,
    seams_mail,
    seams_models,
    seams_project,
    seams_short_way,
    seams_sms,
)
from .scan import Scan

TABLES = (
    seams_base,
    seams_mail,
    seams_models,
    seams_project,
    seams_short_way,
    seams_sms,
)


@tagged("post_install", "-at_install")
class TestSeams(seams.SeamsCase):
    """An update of Odoo says which of its private pieces has moved."""

    addon = "crm_task_reminder"
    seams = [seam for table in TABLES for seam in table.SEAMS]

    def test_added_methods_are_found(self):
        scan = Scan(self.env, self.addon)
        added = set(scan.find_added_methods())
        self.assertIn(("project.task", "_allows_reminders"), added)
        # a model of the addon's own that Odoo's takes over has its names there, too
        self.assertIn(("res.config.settings", "_get_reminder_window_company"), added)
        # neither what Odoo has already, nor what is in the addon's own models
        self.assertNotIn(("project.task", "write"), added)
        self.assertNotIn("crm.task.reminder.log", {model for model, _name in added})
