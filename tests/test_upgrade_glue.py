"""What has become an addon of its own installs itself in an upgrade."""

import pytest

from dev.machine.project import ADDON
from dev.office import database, environment
from dev.office.odoo_shell import run_inside
from tests.upgrade import FIRST, SECOND, office_of, update

GLUE, TWILIO = "crm_task_reminder_sms_twilio", "sms_twilio"
EVERYTHING = "base"  # what `-u all` stands for

CHOOSE_TWILIO = """
env.company.sms_provider = "twilio"
"""
ASK = """
names = values["names"]
modules = env["ir.module.module"].search([("name", "in", names)])
result["states"] = {module.name: module.state for module in modules}
result["provider"] = env["crm.task.reminder.sms.provider"]._find(env.company)._name
"""


def ask(name):
    """Return the states of the addons, and the provider that the company has."""
    told = run_inside(environment.ready(), name, ASK, names=[ADDON, GLUE])
    return told["states"], told["provider"]


@pytest.mark.parametrize(
    ("version", "module"),
    [(FIRST, ADDON), (SECOND, ADDON), (SECOND, EVERYTHING)],
)
def test_twilio_goes_on_after_an_upgrade(version, module, tmp_path):
    with office_of(version, tmp_path) as office:
        database.install(office.former, office.name, (ADDON, TWILIO), demo=False)
        run_inside(office.former, office.name, CHOOSE_TWILIO)
        update(office.name, module)
        assert ask(office.name) == (
            {ADDON: "installed", GLUE: "installed"},
            "crm.task.reminder.sms.provider.twilio",
        )
