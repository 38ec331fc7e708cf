"""What a log of years costs: a portion, a filter, a run with nothing to do.

Runs inside Odoo.
"""

import time

from odoo.tools import SQL

from dev.proof.bench import copies, records

COMPANIES = 500
LIMITED = 60
#: Rows of the log for each task, on two lines.
ROWS_PER_TASK = 20
#: Of so many rows one has failed, of so many tasks one is open.
FAILED, OPEN = 100, 20


# All tasks but a few are done, with what is left of other measures, and all their
# reminders are sent.
END_TASKS = """
    UPDATE project_task SET state = '1_done'
     WHERE id NOT IN (SELECT task_id FROM crm_task_reminder) OR id %% %s > 0
"""
END_LINES = """
    UPDATE crm_task_reminder
       SET state = 'done', handled_state = 'done', handled_due_at = due_at
"""
# The n-th row is n times ten seconds old, and of the lines in turn.
ADD_ROWS = """
    INSERT INTO crm_task_reminder_log (
           operation, company_id, reminder_id, task_id, channel, address,
           state, reason, start, due_at, handed_over_at, create_date, write_date
    )
    SELECT 'customer', company_id, id, task_id, channel, 'number ' || n,
           CASE WHEN n %% %s = 0 THEN 'failed' ELSE 'sent' END,
           CASE WHEN n %% %s = 0 THEN 'refused' END,
           due_at - age, due_at - age, sent_at, sent_at, sent_at
      FROM (
           SELECT line.*, n, (n / lines.count) * interval '1 day' AS age,
                  %s::timestamp - n * interval '10 seconds' AS sent_at
             FROM (
                  SELECT count(*) AS count, min(id) AS first FROM crm_task_reminder
                  ) AS lines
            CROSS JOIN generate_series(0, %s - 1) AS n
             JOIN crm_task_reminder AS line
               ON line.id = lines.first + n %% lines.count
           ) AS sent
"""


def fill(env, rows):
    """Fill the log with what was sent in months, as an office has it.

    :param int rows: how many
    """
    tasks = max(10, rows // ROWS_PER_TASK)
    records.create_due(env, tasks, ("email", "sms"))
    env.cr.execute(SQL(END_TASKS, OPEN))
    env.cr.execute(END_LINES)
    sent_last = records.in_minutes(-120)
    env.cr.execute(SQL(ADD_ROWS, FAILED, FAILED, sent_last, rows))
    env.cr.commit()
    _vacuum(env)


def _vacuum(env):
    """Do at once what PostgreSQL does by itself within minutes."""
    connection = env.cr._cnx
    connection.autocommit = True
    env.cr.execute("VACUUM ANALYZE project_task, crm_task_reminder")
    env.cr.execute("VACUUM ANALYZE crm_task_reminder_log")
    connection.autocommit = False


def work_with_full_log(env, rows, rounds):
    """Time what is asked of the log again and again.

    :return dict: "portion" and "filter" → milliseconds, one for each round
    """
    fill(env, rows)
    company = env.company
    company.reminder_hourly_limit = rows
    channel = env["crm.task.reminder.channel.sms"]
    _queue(env, channel._portion)
    env.cr.commit()
    hand_over = env["crm.task.reminder.hand.over"]
    reader = env["res.users"].search([("login", "=", records.LOGIN)])
    tasks = env["project.task"].with_user(reader)
    wanted = [("reminder_not_sent", "=", True)]
    times = {"portion": [], "filter": []}
    for _turn in range(rounds):
        times["portion"].append(
            _time(env, lambda: hand_over._claim_queued(company, channel, 50))
        )
        times["filter"].append(
            _time(env, lambda: tasks.web_search_read(wanted, {"name": {}}, limit=80))
        )
    company.reminder_hourly_limit = 0
    env.cr.commit()
    return times


def _queue(env, count):
    """Have messages wait, of tasks that are to come."""
    env.cr.execute(
        SQL(
            """
            UPDATE crm_task_reminder_log SET state = 'queued', handed_over_at = NULL
             WHERE id IN (
                   SELECT id FROM crm_task_reminder_log
                    WHERE channel = 'sms' ORDER BY id LIMIT %s
                   )
            """,
            count,
        )
    )


def run_idle_companies(env, rows, rounds):
    """Time a run of the service: 500 companies are on, nothing is due in any.

    :return dict: "idle" → milliseconds, one for each round
    """
    fill(env, rows)
    company = env.company
    copies.copy(company, COMPANIES - 1, name="name || ' ' || n")
    env.cr.execute(
        SQL(
            "UPDATE res_company SET reminder_hourly_limit = 100 "
            "WHERE id > %s AND id <= %s",
            company.id,
            company.id + LIMITED,
        )
    )
    env.cr.commit()
    service = env["crm.task.reminder.service"]
    times = [_time(env, service._cron_run) for _turn in range(rounds)]
    env.cr.execute(SQL("DELETE FROM res_company WHERE id > %s", company.id))
    env.cr.commit()
    return {"idle": times}


def _time(env, work):
    """Return how many milliseconds some work takes; undo it."""
    env.invalidate_all()
    start = time.perf_counter()
    work()
    milliseconds = 1000 * (time.perf_counter() - start)
    env.cr.rollback()
    return milliseconds
