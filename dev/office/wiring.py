"""Pointing an Odoo database at the local mailboxes and SMS gateway.

Done before the server starts, so that nothing leaves by another way meanwhile.
"""

from dev.machine.project import addons
from dev.office.json2 import Json2Client
from dev.office.mailbox import Mailbox
from dev.office.odoo_shell import run_inside
from dev.office.server import OdooServer
from dev.office.sms_gateway import SmsGateway

# Modules whose scheduled actions are left on.
KEEP_CRONS = ("base", "mail", "sms", *(addon.name for addon in addons()))

# One mail account for each mailbox; the companies take them in turn, in the order of
# their ids. Other accounts of the database are switched off.
SCRIPT = """
parameters = env["ir.config_parameter"]
for key, value in values["parameters"].items():
    parameters.set_param(key, value)
# The account that pays for SMS; without one, Odoo makes it when it sends the first.
env["iap.account"].get("sms")
# What installing the demo data of other modules left to be sent.
env["mail.mail"].search([("state", "=", "outgoing")]).unlink()
env["sms.sms"].search([("state", "=", "outgoing")]).unlink()
# Scheduled actions of other modules, whose mails would be mistaken for reminders.
crons = env["ir.cron"].search([])
origin = crons.get_external_id()
crons.filtered(
    lambda cron: origin[cron.id].partition(".")[0] not in values["keep_crons"]
).active = False
# Odoo's own assistant opens a chat at the first sign-in, which covers a phone's screen.
env["ir.default"].set("res.users", "odoobot_state", "disabled")
env["res.users"].search([]).odoobot_state = "disabled"
companies = env["res.company"].search(values["companies"], order="id")
companies.reminder_mail_server_id = False
env["ir.mail_server"].search([]).active = False
accounts = env["ir.mail_server"].create(values["accounts"])
result["served"] = {}
for number, company in enumerate(companies):
    account = accounts[number % len(accounts)]
    company.reminder_mail_server_id = account
    result["served"].setdefault(account.name, company.name)
"""

# An API key, which Odoo shows once and to nobody but the user at the screen.
KEY_SCRIPT = """
user = env["res.users"].search([("login", "=", values["login"])])
keys = env["res.users.apikeys"].with_user(user).sudo()
result["key"] = keys._generate("rpc", "Local tools", None)
"""


def connect(
    server: OdooServer,
    mailboxes: list[Mailbox],
    gateway: SmsGateway,
    *,
    companies: list | None = None,
    script: str = "",
    **values,
) -> tuple[Json2Client, dict[str, str]]:
    """Point the database of `server`, not started yet, at mailboxes and gateway.

    :param companies: a domain, those to give the mail accounts to; without it, all
    :param script: more to do in the database; `companies` are those that were found
    :param values: for that script
    :return: a client that works as the administrator once the server runs; and for
        each mailbox's name that of the first company whose account it is
    :raises SetupError: Odoo refused
    """
    parameters = {
        "sms.endpoint": gateway.url,
        # The credit for SMS; Odoo's other paid services stay on this machine, too.
        "iap.endpoint": gateway.url,
        # The address for delivery reports, else the first login's would be taken.
        "web.base.url": server.url,
        "web.base.url.freeze": "True",
    }
    answer = run_inside(
        server.environment,
        server.database,
        SCRIPT + script + KEY_SCRIPT,
        login="admin",
        parameters=parameters,
        accounts=[_account(mailbox) for mailbox in mailboxes],
        companies=companies or [],
        keep_crons=KEEP_CRONS,
        **values,
    )
    return Json2Client(server.url, answer["key"]), answer["served"]


def make_key(server: OdooServer, login: str) -> str:
    """Return a new key for the API of the user with this login.

    :raises SetupError: Odoo refused
    """
    answer = run_inside(server.environment, server.database, KEY_SCRIPT, login=login)
    return answer["key"]


def _account(mailbox: Mailbox) -> dict:
    """Return the values of the mail account that delivers to `mailbox`."""
    return {
        "name": mailbox.name,
        "smtp_host": mailbox.host,
        "smtp_port": mailbox.port,
        "smtp_encryption": "none",
    }
