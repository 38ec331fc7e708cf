"""The addons for SMSAPI, installed and uninstalled: alone, and with the reminders."""

import os
from collections.abc import Iterator

import pytest

from dev.office import database, environment
from dev.office.odoo_shell import run_inside
from dev.office.smsapi_gateway import ENDPOINT, SmsapiGateway
from dev.run_tests import TEMPLATE_VARIABLE
from tests.test_deletion import ASK, uninstall

ALONE, GLUE = "sms_smsapi", "crm_task_reminder_sms_smsapi"
TOKEN = "a-token"
SEND = """
env["ir.config_parameter"].set_param(values["endpoint"], values["url"])
company = env.company
company.write({"sms_provider": "smsapi", "sms_smsapi_token": values["token"]})
env["sms.smsapi.sender"]._replace_smsapi_names(company, ["Zielony"])
company.sms_smsapi_sender_id = env["sms.smsapi.sender"].search([])
partner = env["res.partner"].create({"name": "Anna", "phone": "+48600100200"})
receipt = partner._message_sms("Do zobaczenia").notification_ids
result["status"] = receipt.notification_status
result["modules"] = env["ir.module.module"].search([
    ("name", "like", "crm_task_reminder"), ("state", "=", "installed"),
]).mapped("name")
"""
CHOOSE = """
env.company.write({"sms_provider": "smsapi", "sms_smsapi_token": "a-token"})
"""
READ = """
result["provider"] = env.company.sms_provider
result["client"] = env.company._get_sms_api_class().__name__
"""
REMAINS = {
    "tables": "SELECT relname FROM pg_class WHERE relname LIKE '%%smsapi%%'",
    "columns": "SELECT column_name FROM information_schema.columns "
    "WHERE column_name LIKE '%%smsapi%%'",
    "records": "SELECT name FROM ir_model_data WHERE module LIKE '%%smsapi'",
    "parameters": "SELECT key FROM ir_config_parameter WHERE key LIKE 'sms_smsapi%%'",
    "choice": "SELECT name FROM res_company WHERE sms_provider = 'smsapi'",
}


@pytest.fixture
def gateway() -> Iterator[SmsapiGateway]:
    with SmsapiGateway() as gateway:
        gateway.add_account(TOKEN, names={"Zielony": "ACTIVE"})
        yield gateway


def find_remains(ready, name):
    """Return what is left of the addons in a database, by kind."""
    found = {
        kind: ready.postgres.query(query, database=name)
        for kind, query in REMAINS.items()
    }
    return {kind: rows for kind, rows in found.items() if rows}


def test_without_reminders(gateway):
    ready = environment.ready()
    with database.copied(ready, database.base(ready, demo=False)) as name:
        warnings = database.install(ready, name, (ALONE,), demo=False)
        assert warnings == []
        values = {"endpoint": ENDPOINT, "url": gateway.url, "token": TOKEN}
        told = run_inside(ready, name, SEND, **values)
        assert told == {"status": "pending", "modules": []}
        [sms] = gateway.messages
        assert (sms.number, sms.sender) == ("+48600100200", "Zielony")
        assert find_remains(ready, name).keys() == REMAINS.keys()

        assert uninstall(ready, name, ALONE) == []
        assert find_remains(ready, name) == {}
        told = run_inside(ready, name, READ)
        assert told == {"provider": "iap", "client": "SmsApi"}


def test_with_reminders_one_after_the_other():
    ready = environment.ready()
    with database.copied(ready, os.environ[TEMPLATE_VARIABLE]) as name:
        warnings = database.install(ready, name, (ALONE,), demo=False)
        assert warnings == []
        run_inside(ready, name, CHOOSE)
        told = run_inside(ready, name, ASK)
        assert told["provider"] == "crm.task.reminder.sms.provider.smsapi"

        # SMSAPI goes on as any provider does that has no addon here
        assert uninstall(ready, name, GLUE) == []
        told = run_inside(ready, name, ASK)
        assert told["provider"] == "crm.task.reminder.sms.provider"
        assert told["status"][0]

        assert uninstall(ready, name, ALONE) == []
        assert find_remains(ready, name) == {}
        told = run_inside(ready, name, ASK)
        assert told["provider"] == "crm.task.reminder.sms.provider.iap"


def test_glue_goes_with_either_of_them():
    ready = environment.ready()
    with database.copied(ready, os.environ[TEMPLATE_VARIABLE]) as name:
        database.install(ready, name, (ALONE,), demo=False)
        assert uninstall(ready, name, ALONE) == []
        states = "SELECT name, state FROM ir_module_module WHERE name IN (%s, %s, %s)"
        modules = (ALONE, GLUE, "crm_task_reminder")
        assert dict(ready.postgres.query(states, modules, database=name)) == {
            ALONE: "uninstalled",
            GLUE: "uninstalled",
            "crm_task_reminder": "installed",
        }
