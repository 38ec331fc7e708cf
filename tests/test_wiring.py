"""The local mailbox and SMS gateway receive what a real Odoo sends."""

import pytest

from dev.machine.process import wait_until
from dev.office.json2 import ApiError
from tests.office import Office


def send_mail(client, address: str, account: str = "mailbox") -> int:
    """Send an e-mail through one of Odoo's mail accounts; return its id."""
    [found] = client.read("ir.mail_server", [("name", "=", account)], ["id"])
    mail = client.create(
        "mail.mail",
        subject="Zażółć",
        body_html="<p>gęślą jaźń</p>",
        email_from="sender@example.com",
        email_to=address,
        mail_server_id=found["id"],
    )
    client.call("mail.mail", "send", [mail])
    return mail


def send_sms(client, number: str) -> dict:
    """Let Odoo's queue send a text message; return what became of it."""
    sms = client.create("sms.sms", number=number, body="Do zobaczenia")

    def read() -> dict:
        names = ["state", "failure_type"]
        return client.read("sms.sms", [("id", "=", sms)], names)[0]

    # A queue that was at work just then comes back when Odoo looks for scheduled
    # actions by itself, which it does every 60 to 70 seconds.
    assert wait_until(lambda: read()["state"] != "outgoing", 150)
    return read()


def test_mail_arrives_in_the_account_it_was_sent_through(
    client, mailbox, second_mailbox
):
    send_mail(client, "one@example.com")
    send_mail(client, "two@example.com", "second mailbox")
    [mail] = mailbox.to("one@example.com")
    assert (mail.server, mail.subject) == ("mailbox", "Zażółć")
    assert "gęślą jaźń" in mail.text("html")
    [other] = second_mailbox.mails
    assert other.envelope_to == ("two@example.com",)


def test_mailbox_refuses_an_address(client, mailbox):
    mailbox.refused["nobody@example.com"] = "550 5.1.1 No such user"
    mail = send_mail(client, "nobody@example.com")
    [row] = client.read("mail.mail", [("id", "=", mail)], ["state"])
    assert row["state"] == "exception"
    assert mailbox.mails == []


def test_sms_arrives_at_the_gateway(client, sms_gateway):
    send_sms(client, "+48600100200")
    [sms] = sms_gateway.to("+48600100200")
    assert sms.body == "Do zobaczenia"
    sms_gateway.report(sms, "delivered")


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        ("insufficient_credit", "sms_credit"),
        ("wrong_number_format", "sms_number_format"),
        ("server_error", "sms_server"),
    ],
)
def test_gateway_answers_what_it_is_told(client, sms_gateway, answer, failure):
    sms_gateway.states["+48600100201"] = answer
    row = send_sms(client, "+48600100201")
    assert (row["state"], row["failure_type"]) == ("error", failure)
    assert sms_gateway.messages == []


@pytest.mark.parametrize("trouble", ["down", "error", "stopped"])
def test_gateway_out_of_order(client, sms_gateway, trouble):
    if trouble == "stopped":
        sms_gateway.stop()
    else:
        setattr(sms_gateway, trouble, "server_error")
    try:
        row = send_sms(client, "+48600100202")
    finally:
        if trouble == "stopped":
            sms_gateway.start()
    assert row["state"] == "error"


def test_gateway_tells_the_credit(client, sms_gateway):
    for credit in (12.5, 0):
        sms_gateway.credit = credit
        assert client.call("iap.account", "get_credits", service_name="sms") == credit


def test_api_refuses_with_odoos_own_words(client):
    with pytest.raises(ApiError) as refusal:
        client.call("res.partner", "no_such_method")
    assert refusal.value.status == 404


def test_nobody_finds_a_chat_in_front_of_the_first_screen(
    odoo_server, client, open_page
):
    office = Office(odoo_server, client)
    newcomer = f"newcomer{office.company}"
    office.create_user(newcomer)
    for login in ("admin", newcomer):
        open_page(login)
        member = [("partner_id.user_ids.login", "=", login)]
        chat = [("channel_id.channel_type", "=", "chat")]
        assert client.count("discuss.channel.member", member)
        assert not client.count("discuss.channel.member", member + chat)
