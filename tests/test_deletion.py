"""What is deleted leaves nothing behind, or only what is to stay: the addon, a task."""

import os

import pytest

from dev.office import database, environment
from dev.office.odoo_shell import run_inside
from dev.run_tests import TEMPLATE_VARIABLE

# A task with a reminder that was sent; its mail in doubt, as a crash leaves it.
SET_UP = """
from datetime import timedelta
task = env["project.task"].create({
    "name": "Hedge",
    "planned_date_begin": env.cr.now() + timedelta(days=1),
    "reminder_customer_ids": [(0, 0, {"audience": "customer", "channel": "email"})],
})
message = task.message_post(body="Reminder")
env["mail.mail"].create({
    "mail_message_id": message.id,
    "email_to": "anna@customer.example",
    "is_task_reminder": True,
})
env["crm.task.reminder.log"].create({
    "operation": "customer",
    "company_id": env.company.id,
    "task_id": task.id,
    "reminder_id": task.reminder_customer_ids.id,
    "message_id": message.id,
    "channel": "email",
    "address": "anna@customer.example",
    "start": task.planned_date_begin,
    "state": "unconfirmed",
})
env["ir.cron"]._set_reminder_worker_count(3)
"""
UNINSTALL = """
module = env["ir.module.module"].search([("name", "=", "crm_task_reminder")])
module.button_immediate_uninstall()
"""
REMAINS = {
    "tables": "SELECT relname FROM pg_class WHERE relname LIKE '%%task_reminder%%'",
    "columns": "SELECT column_name FROM information_schema.columns "
    "WHERE column_name LIKE '%%reminder%%'",
    "workers": "SELECT cron_name FROM ir_cron WHERE cron_name LIKE 'Task Reminder%%'",
    "mails": "SELECT email_to FROM mail_mail WHERE state = 'outgoing'",
    "records": "SELECT name FROM ir_model_data WHERE module = 'crm_task_reminder'",
}
# A restored database has got its constraints in the order of their names.
RESTORE = """
ALTER TABLE crm_task_reminder DROP CONSTRAINT crm_task_reminder_task_id_fkey;
ALTER TABLE crm_task_reminder ADD CONSTRAINT crm_task_reminder_task_id_fkey
    FOREIGN KEY (task_id) REFERENCES project_task ON DELETE CASCADE
"""
DELETE_TASK = """
row = env["crm.task.reminder.log"].search([("task_id", "!=", False)])
row.task_id.unlink()
assert row.exists() and not row.reminder_id
"""


@pytest.fixture
def used():
    """An Odoo with the addon, in which a task was reminded of."""
    ready = environment.ready()
    with database.copied(ready, os.environ[TEMPLATE_VARIABLE]) as name:
        run_inside(ready, name, SET_UP)
        yield ready, name


def test_uninstalled_addon_leaves_nothing_behind(used):
    ready, name = used
    for kind, query in REMAINS.items():
        assert ready.postgres.query(query, database=name), kind
    run_inside(ready, name, UNINSTALL)
    for kind, query in REMAINS.items():
        assert not ready.postgres.query(query, database=name), kind


def test_task_of_a_restored_database_can_be_deleted(used):
    ready, name = used
    ready.postgres.query(RESTORE, database=name)
    run_inside(ready, name, DELETE_TASK)
