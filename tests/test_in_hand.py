"""A server that dies or is stopped while it sends: in doubt is what nobody can know."""

import os
import re
import signal
import time

import pytest

from dev.machine.process import wait_until
from tests.office import LOG, Office
from tests.round import Round

MAILS = 12
SESSIONS = 4
TERMINATE = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = %s AND application_name LIKE 'odoo-%%'"
)
# Cuts the connection that writes the first message, once.
CUT = """
CREATE SEQUENCE test_cut_count;
CREATE FUNCTION test_cut() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF nextval('test_cut_count') = 1 THEN
        PERFORM pg_terminate_backend(pg_backend_pid());
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER test_cut BEFORE INSERT ON crm_task_reminder_log
    FOR EACH ROW WHEN (NEW.task_id IS NOT NULL) EXECUTE FUNCTION test_cut();
"""
LEAVE_WHOLE = """
DROP TRIGGER test_cut ON crm_task_reminder_log;
DROP FUNCTION test_cut;
DROP SEQUENCE test_cut_count;
"""
# Odoo's own limits, in seconds.
LIMITS = {"limit_time_real": 120, "limit_time_cpu": 60}
# What containers allow a server to take until it ends.
STOP_SECONDS = 10


@pytest.fixture(scope="module", params=[0, 1], ids=["threads", "prefork"])
def installation(request, make_installation):
    """A server in either of Odoo's modes, with Odoo's own limits."""
    return make_installation(workers=request.param, cron_threads=1, **LIMITS)


@pytest.fixture
def office(installation, mailbox, sms_gateway):
    """A company whose automat is on."""
    if not installation.server.is_running():
        installation.server.start()
    office = Office(installation.server, installation.client)
    office.switch_on(office.create_user(f"hand{office.company}"))
    yield office
    mailbox.on_mail = sms_gateway.on_sms = None


def strike(mailbox, group, number, action):
    """Act when the mail with this number has come, before it is answered."""

    def count(_mail):
        if len(group.mails_in(mailbox)) == number:
            mailbox.on_mail = None
            action()

    mailbox.on_mail = count


def begin_again(office, group):
    """Start the server once more, and let the service run until all has an end."""
    office.server.kill()
    office.server.start()
    office.run_service()
    wait_until(lambda: not group.rows(state="queued"), 60)


def test_killed_server_leaves_one_mail_of_a_session_in_doubt(office, mailbox):
    group = Round(office, MAILS, ("email",))
    kill = office.server.process.pid
    strike(mailbox, group, 5, lambda: os.killpg(kill, signal.SIGKILL))
    group.let_time_pass()
    office.start_service()
    assert wait_until(lambda: not office.server.is_running(), 60)
    begin_again(office, group)
    rows = group.rows(state="unconfirmed")
    assert 1 <= len(rows) <= SESSIONS
    assert {row["reason"] for row in rows} == {"interrupted"}
    group.wait_for(MAILS - len(rows), state="sent")
    arrived = group.mails_in(mailbox)
    assert len(set(arrived)) == len(arrived)
    assert len(arrived) >= MAILS - len(rows) + 1


def test_what_the_mail_server_said_is_kept(office, mailbox):
    group = Round(office, 2, ("email",))
    said = "250 2.0.0 Ok: queued as 4F2A"
    mailbox.answers |= dict.fromkeys(
        (f"customer{number}@office{office.company}.example" for number in range(2)),
        said,
    )
    group.fall_due()
    group.wait_for(2, state="sent")
    rows = office.client.read(LOG, [("task_id", "in", group.tasks)], ["answer"])
    assert {row["answer"] for row in rows} == {said}


def test_c15_stop_is_no_crash(office, mailbox, sms_gateway):
    group = Round(office, MAILS, ("email", "sms"))
    mailbox.delay = 0.3
    strike(mailbox, group, 4, office.server.ask_to_stop)
    group.let_time_pass()
    office.start_service()
    assert wait_until(lambda: len(group.mails_in(mailbox)) >= 4, 60)
    began = time.monotonic()
    assert wait_until(lambda: not office.server.is_running(), STOP_SECONDS)
    assert time.monotonic() - began < STOP_SECONDS
    stopped_at = len(group.mails_in(mailbox))
    assert stopped_at < MAILS
    rows = office.execute(
        "SELECT count(*) FROM crm_task_reminder_log "
        "WHERE state IN ('sending', 'unconfirmed') AND task_id = ANY(%s)",
        [group.tasks],
    )
    assert rows == [(0,)]
    begin_again(office, group)
    group.wait_for(2 * MAILS, state="sent")
    arrived = group.mails_in(mailbox) + group.texts_at(sms_gateway)
    assert len(set(arrived)) == len(arrived) == 2 * MAILS


def test_c15_interrupt_from_the_keyboard(office, mailbox):
    group = Round(office, MAILS, ("email",))
    mailbox.delay = 0.3
    pid = office.server.process.pid
    strike(mailbox, group, 4, lambda: os.killpg(pid, signal.SIGINT))
    group.let_time_pass()
    office.start_service()
    assert wait_until(lambda: not office.server.is_running(), 60)
    begin_again(office, group)
    group.wait_for(MAILS, state="sent")
    arrived = group.mails_in(mailbox)
    assert len(set(arrived)) == len(arrived) == MAILS


def test_c19_connections_to_the_database_are_cut(office, mailbox):
    group = Round(office, MAILS, ("email",))
    postgres = office.server.environment.postgres
    name = office.server.database
    strike(mailbox, group, 5, lambda: postgres.query(TERMINATE, [name]))
    group.let_time_pass()
    office.start_service()
    assert wait_until(lambda: len(group.mails_in(mailbox)) >= 5, 60)
    # Odoo finds out that its connections are gone, and the worker makes a new one
    wait_until(office.is_reachable, 30)
    wait_until(lambda: not group.rows(state="sending"), 30)
    assert len(group.rows(state="sent")) >= 4
    begin_again(office, group)
    group.wait_for(MAILS, state="sent")
    arrived = group.mails_in(mailbox)
    assert len(set(arrived)) == len(arrived) == MAILS


def test_c19_connection_is_cut_while_messages_are_written(office, mailbox):
    """It is gone on with in the next run; nothing of the batch is tried one by one."""
    group = Round(office, MAILS, ("email",))
    log = office.server.log
    before = len(log.read_text(encoding="utf-8"))
    office.execute(CUT, [])
    try:
        group.fall_due()
        group.wait_for(MAILS, state="sent")
        [(count,)] = office.execute("SELECT last_value FROM test_cut_count", [])
    finally:
        office.execute(LEAVE_WHOLE, [])
    assert count == 1 + MAILS
    told = log.read_text(encoding="utf-8")[before:]
    assert "one by one" not in told and "Reminder " not in told, told
    assert len(set(group.mails_in(mailbox))) == len(group.mails_in(mailbox)) == MAILS


@pytest.mark.timeout(300)
def test_c01_mail_server_that_takes_twenty_seconds(office, mailbox):
    """Odoo would kill the worker, or end the server, in the middle of a mail."""
    group = Round(office, 4, ("email",))
    mailbox.delay = 20
    group.let_time_pass()
    office.start_service()
    # two fit into a turn; the others are gone on with at once
    assert wait_until(lambda: len(group.mails_in(mailbox)) >= 3, 150)
    mailbox.delay = 0
    wait_until(lambda: len(group.rows(state="sent")) == 4, 90, pause=1)
    group.wait_for(4, state="sent")
    arrived = group.mails_in(mailbox)
    assert len(set(arrived)) == len(arrived) == 4
    log = office.server.log.read_text(encoding="utf-8")
    assert not re.search(r"timeout after|time limit", log)
