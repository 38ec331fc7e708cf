"""How long a customer waits for the page on which reminders are answered."""

import time
from http.client import HTTPConnection

from dev.machine.errors import SetupError
from dev.office import database
from dev.office.environment import Environment, RunFolder
from dev.office.odoo_shell import run_inside
from dev.office.server import OdooServer

REPLY = "crm_task_reminder_reply"
PARAMETER = f"{REPLY}.requests_per_minute"
#: How often it is opened before it is timed: the template is compiled.
WARM_UP = 5
# A link to a task that starts tomorrow, as its message has it.
MAKE_LINK = """
from dev.proof.bench import records
from odoo.addons.crm_task_reminder_reply.tools import token as tokens
env["ir.config_parameter"].set_param(values["parameter"], 0)
task = records.create_tasks(env, 1, planned_date_begin=records.in_minutes(24 * 60))
[recipient] = task._get_reminder_recipients("customer", env.company)
token = tokens.create()
env["crm.task.reminder.link"].create(
    {
        "token_hash": tokens.digest(token),
        "task_id": task.id,
        "company_id": env.company.id,
        "partner_id": recipient.partner.id,
        "channel": "email",
        "address": recipient.partner.email_normalized,
        "start": task.planned_date_begin,
        "lang": recipient.lang,
        "tz": recipient.tz,
    }
)
result["token"] = token
"""


def open_page(environment: Environment, source: str, rounds: int) -> list[float]:
    """Return the milliseconds from the request to the whole page, for each round.

    :param source: a database with the benchmark's company
    :raises SetupError: the page is not shown
    """
    with database.copied(environment, source) as name, RunFolder() as folder:
        database.install(environment, name, (REPLY,), demo=False)
        token = run_inside(environment, name, MAKE_LINK, parameter=PARAMETER)["token"]
        with OdooServer(environment, name, folder, cron_threads=0) as server:
            times = [_time(server, f"/a/{token}") for _turn in range(WARM_UP + rounds)]
    return times[WARM_UP:]


def _time(server: OdooServer, path: str) -> float:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
    start = time.perf_counter()
    connection.request("GET", path)
    response = connection.getresponse()
    content = response.read()
    milliseconds = 1000 * (time.perf_counter() - start)
    if response.status != 200 or b'name="answer"' not in content:
        raise SetupError(f"The page of a link is not shown ({response.status}).")
    return milliseconds
