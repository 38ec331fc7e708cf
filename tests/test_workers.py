"""Several workers at once send each reminder once."""

import threading

import pytest

from tests.office import LOG, Office
from tests.round import Round

SETTINGS = "crm.task.reminder.settings"
# More than a worker claims at once, so that there is something left for the other.
TASKS = 300


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
