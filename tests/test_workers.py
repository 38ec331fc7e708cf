"""Several workers at once send each reminder once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from dev.machine.process import wait_until
from dev.office.json2 import ApiError
from tests.office import LOG, Office
from tests.round import Round

SETTINGS = "crm.task.reminder.settings"
# What a worker does when it starts a run and takes a message, a day ago.
START_RUN = (
    "INSERT INTO crm_task_reminder_log (operation, company_id, state, create_date) "
    "VALUES ('service', %s, 'running', now() - interval '1 day') RETURNING id"
)
LOCK_RUN = f"SELECT pg_advisory_lock({0x7265_6D69}, %s)"
TAKE_ROW = (
    "UPDATE crm_task_reminder_log SET state = 'sending', run_id = %s WHERE id = %s"
)
# More than a worker claims at once, so that there is something left for the other.
TASKS = 300
WORKERS = [("cron_name", "=like", "Task Reminders%")]
PUT_OFF_ALL = "UPDATE ir_cron SET nextcall = nextcall + interval '1 hour'"
MAKE_DUE = "UPDATE ir_cron SET nextcall = now() AT TIME ZONE 'UTC' WHERE id = %s"
# Mail servers are waited for a minute; the answer comes before that.
HOLD_SECONDS = 50
# Each worker that notes a trouble, or claims messages, waits here until all do so.
GATE = """
CREATE FUNCTION wait_at_gate() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN PERFORM pg_advisory_xact_lock_shared(4711); RETURN NEW; END $$;
CREATE TRIGGER gate BEFORE INSERT OR UPDATE ON crm_task_reminder_log FOR EACH ROW
WHEN (NEW.state IN ('sending', 'failed')) EXECUTE FUNCTION wait_at_gate();
"""
COUNT_WAITING = (
    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 4711 "
    "AND NOT granted"
)


@pytest.fixture
def office(odoo_server, client, mailbox, sms_gateway):
    """A company whose automat is on, with two workers."""
    office = Office(odoo_server, client)
    office.switch_on(office.create_user(f"workers{office.company}"))
    client.create(SETTINGS, reminder_worker_count=2)
    yield office
    assert wait_until(lambda: is_sent_away(client), 60)


def is_sent_away(client) -> bool:
    """Send the second worker away; Odoo refuses while it is at work."""
    try:
        return bool(client.create(SETTINGS, reminder_worker_count=1))
    except ApiError:
        return False


def test_two_workers_and_a_person_at_once(office, mailbox, sms_gateway):
    group = Round(office, TASKS, ("email", "sms"))
    workers = office.client.read("ir.cron", WORKERS, ["id"], order="id")
    _first, second = [worker["id"] for worker in workers]

    def run_by_hand():
        try:
            office.client.call("ir.cron", "method_direct_trigger", [second])
        except ApiError as refusal:  # the second worker is at it already
            assert "already executing" in str(refusal)

    def hold_the_answer(_mail):
        """Let a person come, and go on when a second run has messages in hand."""
        mailbox.on_mail = None
        by_hand.append(person.submit(run_by_hand))
        wait_until(lambda: len(group.find_runs()) > 1, HOLD_SECONDS)

    by_hand = []
    mailbox.on_mail = hold_the_answer
    # Let the second worker be due as well; the first is, see Office.run_service.
    office.execute(MAKE_DUE, [second])
    with ThreadPoolExecutor() as person:
        group.fall_due()
        group.wait_for(2 * TASKS, state="sent")
    [run] = by_hand
    run.result()
    assert len(group.find_runs()) > 1
    own = group.mails_in(mailbox) + group.texts_at(sms_gateway)
    assert len(own) == len(set(own)) == 2 * TASKS


def run_two_workers_at_once(office) -> None:
    """Run both workers; what one of them has done the other does not see yet."""
    workers = office.client.read("ir.cron", WORKERS, ["id"])
    threads = [
        threading.Thread(
            target=office.client.call,
            args=("ir.cron", "method_direct_trigger", [worker["id"]]),
        )
        for worker in workers
    ]
    postgres = office.server.environment.postgres
    office.execute(GATE, [])
    try:
        with closing(postgres.connect(office.server.database)) as connection:
            connection.cursor().execute("SELECT pg_advisory_lock(4711)")
            for thread in threads:
                thread.start()
            wait_until(lambda: _count_held_up(office, threads) >= len(threads), 60)
        for thread in threads:
            thread.join()
    finally:
        office.execute("DROP FUNCTION wait_at_gate CASCADE", [])


def _count_held_up(office, threads) -> int:
    """Return how many of the workers wait at the gate, or have nothing to do there."""
    [[waiting]] = office.execute(COUNT_WAITING, [])
    return waiting + sum(not thread.is_alive() for thread in threads)


def test_workers_at_once_log_a_trouble_once(office):
    group = Round(office, 2, ("sms",))
    company = [("id", "=", office.company)]
    [values] = office.client.read(
        "res.company", company, ["reminder_user_id", "partner_id"]
    )
    office.client.write("res.users", [values["reminder_user_id"][0]], active=False)
    office.execute(PUT_OFF_ALL, [])
    group.let_time_pass()
    run_two_workers_at_once(office)
    rows = [("company_id", "=", office.company), ("operation", "=", "service")]
    assert [row["reason"] for row in office.client.read(LOG, rows, ["reason"])] == [
        "operator_archived"
    ]
    partner = ("res_id", "=", values["partner_id"][0])
    activities = [("res_model", "=", "res.partner"), partner]
    assert office.client.count("mail.activity", activities) == 1


def test_workers_at_once_keep_the_limit(office, sms_gateway):
    group = Round(office, 4, ("sms",))
    company = [office.company]
    office.client.write("res.company", company, reminder_hourly_limit=1)
    # One worker at first: of two, each may leave its turn to the other for a minute.
    office.execute(PUT_OFF_ALL, [])
    group.fall_due()
    group.wait_for(1, state="sent")
    group.wait_for(3, state="queued")
    office.client.write("res.company", company, reminder_hourly_limit=3)
    run_two_workers_at_once(office)
    assert len(group.texts_at(sms_gateway)) == 3
    assert len(group.rows(state="queued")) == 1
    limits = [("company_id", "=", office.company), ("reason", "=", "limit")]
    assert office.client.count(LOG, limits) == 1


def test_workers_at_once_keep_the_sms_of_a_day(office, sms_gateway):
    """Parts ≤ limit, with workers that do not see what the other has just counted."""
    group = Round(office, 6, ("sms",))
    company = [office.company]
    office.client.write("res.company", company, reminder_sms_daily_parts=1)
    office.execute(PUT_OFF_ALL, [])
    group.fall_due()
    group.wait_for(1, state="sent")
    group.wait_for(5, state="queued", reason="daily_limit")
    office.client.write("res.company", company, reminder_sms_daily_parts=4)
    run_two_workers_at_once(office)
    assert len(group.texts_at(sms_gateway)) == 4
    rows = group.rows(state="sent")
    assert sum(row["part_count"] for row in rows) == 4
    assert len(group.rows(state="queued", reason="daily_limit")) == 2


def test_what_a_living_worker_has_in_hand_is_left_to_it(office, sms_gateway):
    """A long run is not taken for a dead one: its lock tells, not the time."""
    sms_gateway.down = True
    group = Round(office, 1, ("sms",))
    group.fall_due()
    [row] = group.wait_for(1, state="queued", attempt_count=1)
    [[run]] = office.execute(START_RUN, [office.company])
    postgres = office.server.environment.postgres
    with closing(postgres.connect(office.server.database)) as worker:
        worker.cursor().execute(LOCK_RUN, [run])
        office.execute(TAKE_ROW, [run, row["id"]])
        for _minute in range(2):
            office.run_service()
            assert group.rows(state="sending")
    office.run_service()
    [row] = group.wait_for(1, state="unconfirmed")
    assert row["reason"] == "interrupted"
