"""A start that is moved just when its customer answers: it has no answer after it."""

from concurrent.futures import ThreadPoolExecutor

import psycopg2
import pytest

from dev.office import customer
from tests.reply import make_office, read_answers, send

MOVE = (
    "UPDATE project_task "
    "SET planned_date_begin = planned_date_begin + interval '1 day' WHERE id = %s"
)


@pytest.fixture
def race(answering):
    """Return a task, the link to its page, and a clerk's transaction about to begin."""
    office = make_office(answering)
    task, link = send(office, answering)
    environment = answering.server.environment
    with environment.postgres.connect(answering.server.database) as clerk:
        clerk.set_session(isolation_level="REPEATABLE READ", autocommit=False)
        yield office, task, link, clerk
        clerk.rollback()


def test_who_moves_a_start_unseen_has_a_conflict(race):
    """A clerk's transaction began before the customer answered.

    It can't know the answer, which would go on to count for the new start. It must not
    be committed: Odoo takes it again, and then it knows.
    """
    office, task, link, clerk = race
    with clerk.cursor() as cursor:
        cursor.execute("SELECT id FROM project_task WHERE id = %s", [task])
        customer.answer(link, "coming")
        assert read_answers(office, task) == [("coming", "", "page")]
        with pytest.raises(psycopg2.errors.SerializationFailure):
            cursor.execute(MOVE, [task])


def test_who_answers_while_the_start_is_moved_reads_that(race):
    """The answer came when the clerk's change was made, but not to be seen yet."""
    office, task, link, clerk = race
    with ThreadPoolExecutor() as pool, clerk.cursor() as cursor:
        cursor.execute(MOVE, [task])
        answer = pool.submit(customer.answer, link, "coming")
        with pytest.raises(TimeoutError):
            answer.result(timeout=1)
        clerk.commit()
        answer.result(timeout=60)
    assert read_answers(office, task) == []
