"""SMSAPI, or the reminders, are uninstalled on a running server while SMS of two
companies with an account each wait to leave.
"""

import secrets

import pytest

from dev.office import wiring
from dev.office.json2 import Json2Client
from dev.office.odoo_log import problems
from dev.office.odoo_shell import run_inside
from dev.office.smsapi_gateway import ENDPOINT, SmsapiGateway
from tests.office import MANAGER, Office
from tests.round import Round
from tests.test_smsapi_deletion import ALONE, find_remains

MAIN = "crm_task_reminder"
NAMES = ("Zielony Dom", "Waermewerk")
#: What Odoo's own queue would send: an SMS of each company, written by its people.
WRITE = """
env.ref("sms.ir_cron_sms_scheduler_action").active = False
for company in env["res.company"].browse(values["companies"]):
    partners = env["res.partner"].with_context(allowed_company_ids=company.ids)
    phone = f"+48700{company.id:03}000"
    partner = partners.create({"name": "Ola", "phone": phone, "company_id": company.id})
    message = partner._message_sms("Do zobaczenia", put_in_queue=True)
    assert message.notification_ids.notification_status == "ready"
"""
# One by one, as each is of another company: Odoo's queue alone takes those of one.
SEND = """
for sms in env["sms.sms"].search([("state", "=", "outgoing")]):
    sms.send()
"""
RECEIPTS = (
    "SELECT notification_status FROM mail_notification WHERE notification_type = 'sms'"
)


@pytest.fixture
def gateway():
    with SmsapiGateway() as gateway:
        yield gateway


class Installation:
    """Two companies with an account each, and what they have to send."""

    def __init__(self, installation, gateway):
        self.server, self.client = installation.server, installation.client
        self.sms_gateway, self.gateway = installation.sms_gateway, gateway
        parameter = {"key": ENDPOINT, "value": gateway.url}
        self.client.call("ir.config_parameter", "set_param", **parameter)
        self.rounds = [self._make_round(name) for name in NAMES]
        gateway.stop()
        for group in self.rounds:
            group.fall_due()
            rows = group.wait_for(2, state="queued")
            assert "sms_gateway" in {row["reason"] for row in rows}
        self.execute(WRITE, companies=[one.office.company for one in self.rounds])

    def _make_round(self, name):
        office = Office(self.server, self.client, name, sms_provider="smsapi")
        token = secrets.token_urlsafe(20)
        self.gateway.add_account(token, names={name: "ACTIVE"})
        self.client.write("res.company", [office.company], sms_smsapi_token=token)
        office.login = f"manager{office.company}"
        office.switch_on(office.create_user(office.login, MANAGER))
        return Round(office, 2, ("sms",))

    def execute(self, script, **values):
        ready, name = self.server.environment, self.server.database
        return run_inside(ready, name, script, **values)

    def query(self, query):
        ready = self.server.environment
        return ready.postgres.query(query, database=self.server.database)

    def change(self, addon, method):
        """Press a button of an addon in *Apps*, and start the server anew.

        :return: what the server has logged meanwhile that is more than a note
        """
        before = problems(self.server.log)
        domain = [("name", "=", addon)]
        [module] = self.client.read("ir.module.module", domain, ["id"])
        self.client.call("ir.module.module", method, [module["id"]])
        self.server.stop()
        self.server.start()
        return problems(self.server.log)[len(before) :]

    def uninstall(self, addon):
        return self.change(addon, "button_immediate_uninstall")

    def send_plain(self):
        """Let Odoo's own queue run; return at which numbers its SMS arrived."""
        self.execute(SEND)
        sent = [*self.gateway.messages, *self.sms_gateway.messages]
        return sorted(sms.number for sms in sent if sms.number.startswith("+48700"))

    def ask_window(self, office):
        key = wiring.make_key(self.server, office.login)
        client = Json2Client(self.server.url, key)
        return client.call("crm.task.reminder.settings", "get_sms_status")

    def find_remains(self):
        return find_remains(self.server.environment, self.server.database)


@pytest.fixture
def installed(make_installation, gateway):
    return Installation(make_installation((ALONE,), cron_threads=1), gateway)


def test_what_waits_leaves_by_odoos_own_way(installed):
    told = installed.uninstall(ALONE)
    said = {line.partition("SMSAPI is uninstalled: ")[2].strip() for line in told}
    assert said == {
        f"3 SMS of {name} wait. They are sent through Odoo." for name in NAMES
    }
    assert installed.find_remains() == {}
    installed.gateway.start()
    for group in installed.rounds:
        group.try_again()
        group.wait_for(2, state="sent")
        assert len(group.texts_at(installed.sms_gateway)) == 2
        told = installed.ask_window(group.office)
        assert told["status"].startswith("SMS are sent through Odoo.")
    assert len(installed.send_plain()) == 2
    assert installed.gateway.messages == []

    assert installed.change(ALONE, "button_immediate_install") == []
    [office, _other] = [group.office for group in installed.rounds]
    office.client.write("res.company", [office.company], sms_provider="smsapi")
    told = installed.ask_window(office)
    assert told["status"] == "No SMS can be sent. SMSAPI has no token yet."


def test_reminders_go_and_smsapi_sends_the_rest(installed):
    assert installed.uninstall(MAIN) == []
    states = sorted(state for (state,) in installed.query(RECEIPTS))
    assert states == ["canceled"] * 4 + ["ready"] * 2
    installed.gateway.start()
    assert len(installed.send_plain()) == 2
    assert len(installed.gateway.messages) == 2
    assert installed.sms_gateway.messages == []

    assert installed.uninstall(ALONE) == []
    assert installed.find_remains() == {}
    assert installed.change(MAIN, "button_immediate_install") == []
    assert installed.client.count("crm.task.reminder", []) == 0
