"""A start that is moved just when it is told: the truth is told after it."""

import psycopg2
import pytest

from tests.office import Office, in_future

NEWS = ("set", "moved", "called_off")


@pytest.fixture(scope="module")
def office(installation):
    """A company that tells its customers by SMS."""
    office = Office(installation.server, installation.client)
    poland = office.ref("base.pl")
    office.client.write("res.company", [office.company], country_id=poland)
    office.switch_on(office.create_user("racer", tz="Europe/Warsaw"))
    office.project = office.create_project("Gardens")
    office.customer = office.create_customer(tz="Europe/Warsaw")
    return office


def create_task(office, name):
    lines = [
        {
            "audience": "customer",
            "channel": "sms",
            "moment": moment,
            "sms_template_id": office.ref(
                f"crm_task_reminder.sms_template_customer_{moment}"
            ),
        }
        for moment in NEWS
    ]
    task = office.client.create(
        "project.task",
        name=name,
        project_id=office.project,
        partner_id=office.customer,
        reminder_customer_ids=[[0, 0, line] for line in lines],
        reminder_operator_ids=[],
    )
    move(office, task, 3)
    return task


def move(office, task, days):
    start = in_future(days=days)
    office.client.write("project.task", [task], planned_date_begin=start)


def tell(office, task):
    office.client.call("project.task", "action_tell_reminder_news", ids=[task])
    office.run_service()


def test_moved_while_its_message_is_in_hand(office, sms_gateway):
    """The gateway has the message and has not answered when a clerk moves the task."""
    task = create_task(office, "Hedge")

    def strike(_sms):
        sms_gateway.on_sms = None
        move(office, task, 4)

    sms_gateway.on_sms = strike
    tell(office, task)
    tell(office, task)
    first, second = [sms.body for sms in sms_gateway.messages]
    told = first.partition(" is on ")[2].partition(". ")[0]
    assert told
    assert f"was moved from {told} to " in second


def test_moved_back_while_the_other_start_is_in_hand(office, sms_gateway):
    task = create_task(office, "Lawn")
    tell(office, task)
    move(office, task, 4)

    def strike(_sms):
        sms_gateway.on_sms = None
        move(office, task, 3)

    sms_gateway.on_sms = strike
    tell(office, task)
    tell(office, task)
    _set, away, back = [sms.body for sms in sms_gateway.messages]
    first, second = away.partition(" was moved from ")[2].split(". ")[0].split(" to ")
    assert f"was moved from {second} to {first}" in back


def test_who_moves_a_start_unseen_has_a_conflict(office, sms_gateway):
    """A clerk's transaction began before the message was taken in hand.

    It can't know that the start is being told. It must not be committed: Odoo takes it
    again, and then it knows.
    """
    task = create_task(office, "Roses")
    postgres = office.server.environment.postgres
    query = "SELECT id FROM crm_task_reminder_notice WHERE task_id = %s"
    change = "UPDATE crm_task_reminder_notice SET moment = NULL WHERE task_id = %s"
    with postgres.connect(office.server.database) as clerk:
        clerk.set_session(isolation_level="REPEATABLE READ", autocommit=False)
        with clerk.cursor() as cursor:
            cursor.execute(query, [task])
            tell(office, task)
            assert len(sms_gateway.messages) == 1
            with pytest.raises(psycopg2.errors.SerializationFailure):
                cursor.execute(change, [task])
        clerk.rollback()
