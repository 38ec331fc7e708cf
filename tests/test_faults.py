"""What becomes of reminders when the mail server or the database is out of order."""

import threading

import pytest
from psycopg2.errors import LockNotAvailable

from dev.machine.process import wait_until
from tests.office import LOG
from tests.round import Round


def test_mail_server_refuses_one_for_good(office, mailbox):
    group = Round(office, 3, ("email",))
    wrong = f"customer1@office{office.company}.example"
    mailbox.refused[wrong] = "550 5.1.1 No such user"
    group.fall_due()
    group.wait_for(2, state="sent")
    [row] = group.wait_for(1, state="failed")
    assert (row["address"], row["reason"]) == (wrong, "refused")
    assert row["detail"] == "550 5.1.1 No such user"


def test_b02_mail_server_refuses_the_sender_until_it_is_corrected(office, mailbox):
    group = Round(office, 1, ("email",))
    company = [("id", "=", office.company)]
    [values] = office.client.read("res.company", company, ["reminder_user_id"])
    sender = values["reminder_user_id"][0]
    office.client.write("res.users", [sender], email="wrong@zielony.example")
    mailbox.refused_senders["wrong@zielony.example"] = "553 5.7.1 Not your address"
    group.fall_due()
    [row] = group.wait_for(1, state="failed")
    assert row["reason"] == "invalid_sender"
    assert row["detail"] == "553 5.7.1 Not your address"
    office.client.write("res.users", [sender], email="right@zielony.example")
    office.client.call(LOG, "action_send_again", [row["id"]])
    office.run_service()
    group.wait_for(1, state="sent")
    [mail] = filter(lambda mail: group.is_own(mail.envelope_to[0]), mailbox.mails)
    assert mail.envelope_from == "right@zielony.example"
    assert "right@zielony.example" in mail.sender
    assert "wrong@" not in str(mail.message["Reply-To"])


def test_mail_server_asks_to_come_back_later(office, mailbox):
    group = Round(office, 2, ("email",))
    later = f"customer0@office{office.company}.example"
    mailbox.refused[later] = "451 4.7.1 Greylisted"
    group.fall_due()
    group.wait_for(1, state="sent")
    [row] = group.wait_for(1, state="queued", attempt_count=1)
    assert row["detail"] == "451 4.7.1 Greylisted"
    assert row["next_attempt_at"]
    group.try_again()
    [row] = group.wait_for(1, state="queued", attempt_count=2)
    mailbox.refused.clear()
    group.try_again()
    group.wait_for(2, state="sent")
    assert len(group.mails_in(mailbox)) == 2


def test_mail_server_out_of_order_does_not_hold_up_sms(office, mailbox, sms_gateway):
    group = Round(office, 12, ("email", "sms"))
    mailbox.stop()
    try:
        group.fall_due()
        group.wait_for(12, state="sent")
        rows = group.wait_for(12, state="queued")
    finally:
        mailbox.start()
    assert len(group.texts_at(sms_gateway)) == 12
    assert "mail_server" in {row["reason"] for row in rows}
    group.try_again()
    group.wait_for(24, state="sent")
    assert len(set(group.mails_in(mailbox))) == len(group.mails_in(mailbox)) == 12


def test_line_to_the_mail_server_drops_after_the_mail_has_left(office, mailbox):
    group = Round(office, 3, ("email",))
    lost = f"customer1@office{office.company}.example"
    mailbox.dropped.add(lost)
    group.fall_due()
    [row] = group.wait_for(1, state="unconfirmed")
    assert (row["address"], row["reason"]) == (lost, "no_answer")
    mailbox.dropped.clear()
    group.try_again()
    group.wait_for(2, state="sent")
    # nobody knows whether it arrived, so it is a person who sends it again
    office.client.call(LOG, "action_send_again", [row["id"]])
    office.run_service()
    group.wait_for(3, state="sent")
    assert group.mails_in(mailbox).count(lost) == 2


def test_mail_server_that_answers_nonsense(office, mailbox):
    group = Round(office, 3, ("email",))
    odd, full = (f"customer{n}@office{office.company}.example" for n in (1, 2))
    mailbox.answers |= {odd: "Thank you", full: "552 5.2.2 Mailbox full"}
    group.fall_due()
    group.wait_for(1, state="sent")
    [row] = group.wait_for(1, state="unconfirmed")
    assert (row["address"], row["reason"]) == (odd, "no_answer")
    [row] = group.wait_for(1, state="failed")
    assert (row["address"], row["detail"]) == (full, "552 5.2.2 Mailbox full")


def test_mail_server_that_drops_each_line_leaves_one_in_doubt(office, mailbox):
    group = Round(office, 6, ("email",))
    mailbox.dropped.update(
        f"customer{number}@office{office.company}.example" for number in range(6)
    )
    group.fall_due()
    group.wait_for(1, state="unconfirmed")
    rows = group.wait_for(5, state="queued", reason="mail_server")
    assert {row["attempt_count"] for row in rows} == {1}
    mailbox.dropped.clear()
    group.try_again()
    group.wait_for(5, state="sent")
    assert len(set(group.mails_in(mailbox))) == len(group.mails_in(mailbox)) == 6


def test_c02_mail_server_that_hangs_up_at_single_mails(office, mailbox):
    group = Round(office, 12, ("email",))
    # those that come first
    lost = [f"customer{number}@office{office.company}.example" for number in range(4)]
    mailbox.hung_up.update(lost)
    group.fall_due()
    group.wait_for(8, state="sent")
    rows = group.wait_for(4, state="queued", reason="mail_server")
    assert {row["attempt_count"] for row in rows} == {1}
    assert {row["address"] for row in rows} == set(lost)
    mailbox.hung_up.clear()
    group.try_again()
    group.wait_for(12, state="sent")
    assert len(set(group.mails_in(mailbox))) == len(group.mails_in(mailbox)) == 12


@pytest.mark.parametrize("full", ["421 4.7.0 Too many in this session", ""])
@pytest.mark.parametrize("per_session", [1, 3])
def test_c03_c16_mail_server_that_ends_sessions(office, mailbox, per_session, full):
    """A session that ends between two mails is opened anew at once."""
    group = Round(office, 8, ("email",))
    mailbox.per_session, mailbox.full = per_session, full
    group.fall_due()
    rows = group.wait_for(8, state="sent")
    assert {row["attempt_count"] for row in rows} == {0}
    assert len(set(group.mails_in(mailbox))) == len(group.mails_in(mailbox)) == 8


def test_sessions_side_by_side(office, mailbox):
    """A mail server that is far away takes several mails at once."""
    group = Round(office, 24, ("email",))
    mailbox.delay = 0.1
    group.fall_due()
    group.wait_for(24, state="sent")
    assert mailbox.most_at_once == 4
    assert len(set(group.mails_in(mailbox))) == len(group.mails_in(mailbox)) == 24


def test_mail_server_that_allows_fewer_sessions(office, mailbox):
    group = Round(office, 24, ("email",))
    mailbox.delay, mailbox.allowed_at_once = 0.1, 2
    group.fall_due()
    rows = group.wait_for(24, state="sent")
    assert {row["attempt_count"] for row in rows} == {0}
    assert mailbox.most_at_once == 2
    assert len(set(group.mails_in(mailbox))) == len(group.mails_in(mailbox)) == 24


def test_account_with_one_session(office, mailbox):
    group = Round(office, 8, ("email",))
    mailbox.delay = 0.1
    account = [office.account()]
    office.client.write("ir.mail_server", account, reminder_sessions=1)
    try:
        group.fall_due()
        group.wait_for(8, state="sent")
    finally:
        office.client.write("ir.mail_server", account, reminder_sessions=4)
    assert mailbox.most_at_once == 1


def test_c03_mail_server_that_takes_nothing_for_a_while(office, mailbox):
    group = Round(office, 6, ("email",))
    for number in range(2, 6):
        later = f"customer{number}@office{office.company}.example"
        mailbox.answers[later] = "421 4.3.2 Later"
    group.fall_due()
    group.wait_for(2, state="sent")
    rows = group.wait_for(4, state="queued", reason="mail_server")
    assert {row["attempt_count"] for row in rows} == {1}
    mailbox.answers.clear()
    group.try_again()
    group.wait_for(6, state="sent")


# What may happen to a mail that has just left while the next ones are being sent.
MEANWHILE = {
    "bounce": "UPDATE mail_notification SET notification_status = 'bounce' "
    "WHERE mail_email_address = %s",
    "task deleted": "UPDATE crm_task_reminder_log SET task_id = NULL "
    "WHERE address = %s",
    "mail deleted": "DELETE FROM mail_mail WHERE email_to LIKE '%%' || %s || '%%'",
}


@pytest.mark.parametrize("event", MEANWHILE)
def test_others_write_while_mails_are_sent(office, mailbox, event):
    group = Round(office, 5, ("email",))
    database = office.server.database
    has_waited = threading.Event()

    def write(mail):
        if len(group.mails_in(mailbox)) < 4:
            return
        mailbox.on_mail = None
        statement = f"SET lock_timeout = '200ms'; {MEANWHILE[event]}"
        try:
            office.server.environment.postgres.query(
                statement, mail.envelope_to, database=database
            )
        except LockNotAvailable:
            has_waited.set()

    mailbox.on_mail = write
    group.fall_due()
    group.wait_for(5, state="sent")
    assert has_waited.is_set()
    assert len(set(group.mails_in(mailbox))) == len(group.mails_in(mailbox)) == 5


def test_database_that_can_not_be_written_for_a_while(office, mailbox):
    group = Round(office, 3, ("email",))
    name = office.server.database
    postgres = office.server.environment.postgres
    # Odoo's connections, not those of this test.
    reconnect = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = %s AND application_name LIKE 'odoo-%%'"
    )
    is_read_only = threading.Event()

    def make_read_only(_mail):
        mailbox.on_mail = None
        postgres.query(f'ALTER DATABASE "{name}" SET default_transaction_read_only = 1')
        postgres.query(reconnect, [name])
        is_read_only.set()

    mailbox.on_mail = make_read_only
    try:
        group.fall_due()
        assert is_read_only.wait(60)
    finally:
        postgres.query(f'ALTER DATABASE "{name}" RESET default_transaction_read_only')
        postgres.query(reconnect, [name])
    wait_until(office.is_reachable, 30)  # Odoo finds out that its connections are gone
    office.run_service()
    # What was answered is remembered and written later; nobody gets a second message.
    group.wait_for(3, state="sent")
    assert len(set(group.mails_in(mailbox))) == len(group.mails_in(mailbox)) == 3
