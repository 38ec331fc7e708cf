"""``make demo``: a real Odoo with two small companies, whose reminders arrive here.

The Polish one sends its SMS through SMSAPI with its own name, the other through Odoo.
"""

import argparse
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timezone

from dev.machine.errors import SetupError
from dev.machine.process import say, wait_until
from dev.machine.progress import Step
from dev.office import arrivals, customer, database, environment, showroom, wiring
from dev.office.environment import RunFolder
from dev.office.json2 import Json2Client
from dev.office.mailbox import Mail, Mailbox
from dev.office.server import OdooServer
from dev.office.sms_gateway import Sms, SmsGateway
from dev.office.smsapi_gateway import ADDONS as SMSAPI_ADDONS
from dev.office.smsapi_gateway import ANSWER_NUMBER, SmsapiGateway, SmsapiSms

FIRST_MESSAGES_SECONDS = 150
CRON_THREADS = 2
# How long it takes a customer to read an SMS and to type; by then Odoo has noted, too,
# that it has left.
ANSWER_SECONDS = 5

# The companies' mail accounts, in the order of their ids.
ACCOUNTS = ("biuro@zielonydom.example", "info@waermewerk.example")
# The account at SMSAPI.
SMSAPI_TOKEN = "demo-token"
SMSAPI_NAME = "ZielonyDom"
SMSAPI_POINTS = 170.0
# The task that the guide leads to.
TASK = "Przegląd szklarni"

# What the customers of the demo answer with, and what two of them write back.
REPLY = "crm_task_reminder_reply"
TEXTS = ("TAK", "NIE")

LOG = "crm.task.reminder.log"
Gateways = tuple[SmsGateway, SmsapiGateway]
# States of the log in which a message is still on its way.
UNDER_WAY = ("queued", "sending")


def main(arguments: list[str]) -> int:
    """Run the demo until Ctrl-C, or with ``--once`` until the first messages came.

    :raises SetupError: something is missing, or no message came in time
    """
    parser = argparse.ArgumentParser(prog="python3 -m dev demo")
    parser.add_argument("--once", action="store_true", help="end after the first ones")
    once = parser.parse_args(arguments).once
    with running() as (server, client, mailboxes, gateways):
        _introduce(server, mailboxes, gateways)
        if once:
            wait_for_first(client, mailboxes, gateways)
            answer_first(mailboxes, gateways)
            answer_by_sms(client, gateways[1])
            print(arrivals.describe(client, mailboxes, *gateways))
            return 0
        _serve(server, client, gateways[1])
    return 0


@contextmanager
def running() -> Iterator[tuple[OdooServer, Json2Client, list[Mailbox], Gateways]]:
    """Give a running server with the demo's company, which ends with the block.

    :raises SetupError: something is missing
    """
    ready = environment.ready()
    database.drop_abandoned(ready)
    with ExitStack() as stack:
        name = stack.enter_context(database.with_addon(ready, demo=True))
        database.install(ready, name, (*SMSAPI_ADDONS, REPLY), demo=True)
        folder = stack.enter_context(RunFolder())
        mailboxes = [
            stack.enter_context(Mailbox(account, show_mail)) for account in ACCOUNTS
        ]
        gateway = stack.enter_context(SmsGateway(show_sms))
        smsapi = stack.enter_context(SmsapiGateway(show_smsapi_sms))
        server = OdooServer(ready, name, folder, cron_threads=CRON_THREADS)
        with Step("setting up mail accounts, languages and first pages"):
            client = _connect(server, mailboxes, gateway, smsapi)
        with Step("starting Odoo"):
            stack.enter_context(server)
        server.wake_cron()
        yield server, client, mailboxes, (gateway, smsapi)


def _connect(
    server: OdooServer,
    mailboxes: list[Mailbox],
    gateway: SmsGateway,
    smsapi: SmsapiGateway,
) -> Json2Client:
    """Give the demo's companies what they send through; return its administrator."""
    names = {SMSAPI_NAME: "ACTIVE", "Info": "ACTIVE"}
    smsapi.add_account(
        SMSAPI_TOKEN, names=names, points=SMSAPI_POINTS, may_send_links=True
    )
    client, companies = wiring.connect(
        server,
        mailboxes,
        gateway,
        companies=[("reminder_enabled", "=", True)],
        script=showroom.SCRIPT + showroom.SMSAPI_SCRIPT + showroom.ANSWERS_SCRIPT,
        # as customers dial it
        answer_number=f"+{ANSWER_NUMBER}",
        languages=showroom.LANGUAGES,
        chances=showroom.CHANCES,
        smsapi={"endpoint": smsapi.url, "token": SMSAPI_TOKEN, "name": SMSAPI_NAME},
    )
    _rename(mailboxes, companies)
    return client


def show_mail(mail: Mail) -> None:
    """Print one e-mail as a readable block."""
    text = mail.text().strip() or "(HTML only)"
    _show(
        f"e-mail   {mail.sender} -> {', '.join(mail.envelope_to)}   via {mail.server}",
        f"{mail.subject}\n{text}",
    )


def show_sms(sms: Sms) -> None:
    """Print one text message as a readable block."""
    _show(f"SMS      {sms.number}   via Odoo", sms.body)


def show_smsapi_sms(sms: SmsapiSms) -> None:
    """Print one text message with its sender as a readable block."""
    _show(f"SMS      {sms.sender} -> {sms.number}   via SMSAPI", sms.body)


def _show(head: str, body: str) -> None:
    indented = "\n".join(f"    {line}".rstrip() for line in body.splitlines())
    print(f"\n{time.strftime('%H:%M:%S')} {head}\n{indented}", flush=True)


def _rename(mailboxes: list[Mailbox], companies: dict[str, str]) -> None:
    """Call each mailbox after the company whose account it is."""
    for mailbox in mailboxes:
        mailbox.name = companies.get(mailbox.name, mailbox.name)


def _introduce(
    server: OdooServer, mailboxes: list[Mailbox], gateways: Gateways
) -> None:
    """Tell where everything is."""
    gateway, smsapi = gateways
    accounts = "\n".join(
        f"  mail account of {box.name}: {box.host}:{box.port}" for box in mailboxes
    )
    print(
        f"\n  Odoo:         {server.url}\n"
        "  logins:       admin / admin (English, sees everything), and the senders\n"
        "                olga / olga (Polish, of Zielony Dom)\n"
        "                hanna / hanna (German, of Wärmewerk)\n"
        f"  SMS gateway:  {gateway.url} (Odoo's), {smsapi.url} (SMSAPI)\n{accounts}\n"
        f"{showroom.GUIDE.format(task=TASK)}\n"
        "  Messages appear here as they arrive. Ctrl-C ends the demo.",
        flush=True,
    )


def _serve(server: OdooServer, client: Json2Client, smsapi: SmsapiGateway) -> None:
    """Stay until Ctrl-C; two customers answer by SMS as soon as they are reminded.

    :raises SetupError: the server ended by itself
    """
    have_answered = False
    try:
        while server.is_running():
            time.sleep(1)
            if not have_answered and len(_find_reminded(smsapi)) >= len(TEXTS):
                time.sleep(ANSWER_SECONDS)
                answer_by_sms(client, smsapi)
                have_answered = True
    except KeyboardInterrupt:
        say("ending")
        return
    raise SetupError(f"Odoo ended by itself (log: {server.log}).")


def wait_for_first(
    client: Json2Client, mailboxes: list[Mailbox], gateways: Gateways
) -> None:
    """Wait until what is due has gone out.

    :raises SetupError: it has not within `FIRST_MESSAGES_SECONDS`
    """

    def arrived() -> bool:
        mails = any(box.mails for box in mailboxes)
        texts = all(gateway.messages for gateway in gateways)
        reminded = len(_find_reminded(gateways[1])) >= len(TEXTS)
        return bool(mails and texts and reminded and not _waiting(client))

    def tell() -> str:
        count = sum(len(box.mails) for box in mailboxes)
        count += sum(len(gateway.messages) for gateway in gateways)
        return f"{count} arrived"

    with Step("waiting for the first messages", tell):
        have_arrived = wait_until(arrived, FIRST_MESSAGES_SECONDS, pause=1)
    if not have_arrived:
        so_far = arrivals.describe(client, mailboxes, *gateways)
        raise SetupError(
            f"Not everything that is due arrived within {FIRST_MESSAGES_SECONDS} s "
            f"({_waiting(client)} still waiting). So far: {so_far}"
        )


def answer_first(mailboxes: list[Mailbox], gateways: Gateways) -> None:
    """Answer the first message with a link, as its customer would.

    :raises SetupError: no message has one, or its page takes no answer
    """
    texts = [sms.body for gateway in gateways for sms in gateway.messages]
    texts += [mail.text() for box in mailboxes for mail in box.mails]
    link = next(filter(None, map(customer.find_link, texts)), "")
    if not link:
        raise SetupError("No message has a link to answer by.")
    customer.answer(link, "coming")


def answer_by_sms(client: Json2Client, smsapi: SmsapiGateway) -> None:
    """Let customers who were reminded through SMSAPI write back, as SMSAPI brings it.

    :raises SetupError: Odoo does not take it as SMSAPI expects
    """
    field = "reminder_sms_incoming_address"
    [company] = client.read("res.company", [("sms_provider", "=", "smsapi")], [field])
    for number, text in zip(_find_reminded(smsapi), TEXTS, strict=False):
        _show(f"SMS      {number} -> {ANSWER_NUMBER}   by SMSAPI", text)
        answer = smsapi.bring(company[field], number, text)
        if answer != "OK":
            raise SetupError(f"Odoo answered SMSAPI with {answer!r}.")


def _find_reminded(smsapi: SmsapiGateway) -> list[str]:
    """Return the numbers of customers who got a reminder through SMSAPI."""
    texts = [sms for sms in smsapi.messages if customer.find_link(sms.body)]
    return list(dict.fromkeys(sms.number for sms in texts))


def _waiting(client: Json2Client) -> int:
    """Return how many reminders are due, or messages under way."""
    now = datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M:%S")
    due = [("state", "=", "scheduled"), ("due_at", "<=", now)]
    under_way = [("state", "in", UNDER_WAY)]
    return client.count("crm.task.reminder", due) + client.count(LOG, under_way)
