"""What an addon of its own does from this version on."""

from odoo import SUPERUSER_ID, api

#: Addon → module of Odoo whose users need it.
GLUE = {"crm_task_reminder_sms_twilio": "sms_twilio"}
#: States of a module that is installed, also where all are upgraded and its turn comes
#: later.
PRESENT = ("installed", "to upgrade")


def migrate(cr, version):
    """Install what was part of this addon before, for those who use it.

    Odoo installs an addon by itself where what it joins is installed later than it, but
    not where both have been there before it came.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    for addon, module in GLUE.items():
        joined = [("name", "=", module), ("state", "in", PRESENT)]
        if env["ir.module.module"].search(joined, limit=1):
            missing = [("name", "=", addon), ("state", "=", "uninstalled")]
            env["ir.module.module"].search(missing).button_install()
