"""What has arrived at the receivers, and what the log and the answers say, in JSON."""

import json
from collections import Counter

from dev.office.json2 import Json2Client
from dev.office.mailbox import Mailbox
from dev.office.sms_gateway import SmsGateway
from dev.office.smsapi_gateway import SmsapiGateway

LOG = "crm.task.reminder.log"
ANSWER = "crm.task.reminder.answer"


def describe(
    client: Json2Client,
    mailboxes: list[Mailbox],
    gateway: SmsGateway,
    smsapi: SmsapiGateway,
) -> str:
    """Return it as one line of JSON."""
    rows = client.read(LOG, [("operation", "!=", "service")], ["state"])
    told = {
        "emails": _list_emails(mailboxes),
        "sms": _list_sms(gateway, smsapi),
        "answers": _list_answers(client),
        "log": Counter(row["state"] for row in rows),
    }
    return json.dumps(told, ensure_ascii=False)


def _list_emails(mailboxes: list[Mailbox]) -> list[dict[str, str]]:
    return [
        {
            "to": ", ".join(mail.envelope_to),
            "from": mail.sender,
            "subject": mail.subject,
            "server": mail.server,
        }
        for mailbox in mailboxes
        for mail in mailbox.mails
    ]


def _list_sms(gateway: SmsGateway, smsapi: SmsapiGateway) -> list[dict[str, str]]:
    by_odoo = [
        {"to": sms.number, "body": sms.body, "via": "Odoo"} for sms in gateway.messages
    ]
    return by_odoo + [
        {"to": sms.number, "body": sms.body, "via": "SMSAPI", "from": sms.sender}
        for sms in smsapi.messages
    ]


def _list_answers(client: Json2Client) -> list[dict[str, str]]:
    names = ["partner_id", "task_id", "kind", "way", "text"]
    return [
        {
            "customer": one["partner_id"][1],
            "task": one["task_id"][1],
            "answer": one["kind"],
            "way": one["way"],
            "text": one["text"] or "",
        }
        for one in client.read(ANSWER, [], names)
    ]
