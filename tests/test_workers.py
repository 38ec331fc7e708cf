"""Several workers at once send each reminder once."""

import threading
from contextlib import closing

import pytest

from dev.process import wait_until
from tests.office import LOG, Office
from tests.round import Round

SETTINGS = "crm.task.reminder.settings"
# More than a worker claims at once, so that there is something left for the other.
TASKS = 300
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
    client.create(SETTINGS, reminder_worker_count=1)


def test_two_workers_and_a_person_at_once(office, mailbox, sms_gateway):
    group = Round(office, TASKS, ("email", "sms"))
    cron = office.ref("crm_task_reminder.ir_cron_crm_task_reminder")
    workers = [("cron_name", "=like", "Task Reminders%")]
    assert office.client.count("ir.cron", workers) == 2
    # Let the second worker be due as well; the first is, see Office.run_service.
    office.execute("UPDATE ir_cron SET nextcall = now() AT TIME ZONE 'UTC'", [])
    person = threading.Thread(
        target=office.client.call, args=("ir.cron", "method_direct_trigger", [cron])
    )
    group.fall_due()
    person.start()
    rows = group.wait_for(2 * TASKS, state="sent")
    person.join()
    runs = office.client.read(LOG, [("id", "in", [r["id"] for r in rows])], ["run_id"])
    assert len({row["run_id"][0] for row in runs}) > 1
    own = group.mails_in(mailbox) + group.texts_at(sms_gateway)
    assert len(own) == len(set(own)) == 2 * TASKS


def run_two_workers_at_once(office) -> None:
    """Run both workers; what one of them has done the other does not see yet."""
    workers = office.client.read(
        "ir.cron", [("cron_name", "=like", "Task Reminders%")], ["id"]
    )
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
    office.execute("UPDATE ir_cron SET nextcall = nextcall + interval '1 hour'", [])
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
    group.fall_due()
    group.wait_for(1, state="sent")
    group.wait_for(3, state="queued")
    office.client.write("res.company", company, reminder_hourly_limit=3)
    run_two_workers_at_once(office)
    assert len(group.texts_at(sms_gateway)) == 3
    assert len(group.rows(state="queued")) == 1
    limits = [("company_id", "=", office.company), ("reason", "=", "limit")]
    assert office.client.count(LOG, limits) == 1
