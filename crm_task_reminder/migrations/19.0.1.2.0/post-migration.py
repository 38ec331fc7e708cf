"""What an addon of its own does from this version on, and who reads the log."""

from odoo import SUPERUSER_ID, api

#: Addon → module of Odoo whose users need it.
GLUE = {"crm_task_reminder_sms_twilio": "sms_twilio"}
#: States of a module that is installed, also where all are upgraded and its turn comes
#: later.
PRESENT = ("installed", "to upgrade")


def migrate(cr, version):
    """Do what an update of the data does not."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    narrow_log_rule(env)
    hide_waiting_mails(cr)
    install_glue(env)


def install_glue(env):
    """Install what was part of this addon before, for those who use it.

    Odoo installs an addon by itself where what it joins is installed later than it, but
    not where both have been there before it came.
    """
    for addon, module in GLUE.items():
        joined = [("name", "=", module), ("state", "in", PRESENT)]
        if env["ir.module.module"].search(joined, limit=1):
            missing = [("name", "=", addon), ("state", "=", "uninstalled")]
            env["ir.module.module"].search(missing).button_install()


def narrow_log_rule(env):
    """Take the sales managers out of the rule by which managers see the whole log.

    They have one of their own from this version on. Rules are not updated: somebody may
    have changed them.
    """
    rule = env.ref("crm_task_reminder.crm_task_reminder_log_manager_rule", False)
    if rule:
        rule.groups -= env.ref("sales_team.group_sale_manager")


def hide_waiting_mails(cr):
    """Give what waits the state that Odoo's queue of e-mails does not know.

    What is unconfirmed has it as well, so that the queue never sends it. A message that
    has not failed has the number 0 of attempts, by which the queue of reminders goes.
    """
    cr.execute(
        "UPDATE mail_mail SET state = 'reminder' "
        "WHERE is_task_reminder AND state = 'outgoing'"
    )
    cr.execute(
        "UPDATE crm_task_reminder_log SET attempt_count = 0 "
        "WHERE state = 'queued' AND attempt_count IS NULL"
    )
