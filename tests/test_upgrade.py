"""An upgrade keeps what people have set, and all that was sent."""

import os

import pytest

from dev import database, environment
from dev.odoo_shell import run_inside
from dev.project import ADDON
from dev.run_tests import TEMPLATE_VARIABLE

# Everything that the addon keeps, and Odoo's own records that it fills.
SNAPSHOT = """
names = [name for name in env.registry if name.startswith("crm.task.reminder")]
tables = {env[name]._table for name in names if env[name]._auto}
queries = {table: f"SELECT * FROM {table} ORDER BY id" for table in sorted(tables)}
queries["settings"] = "SELECT * FROM res_company ORDER BY id"
queries["tasks"] = "SELECT * FROM project_task ORDER BY id"
queries["mail templates"] = "SELECT * FROM mail_template ORDER BY id"
queries["SMS templates"] = "SELECT * FROM sms_template ORDER BY id"
queries["service"] = "SELECT * FROM ir_cron ORDER BY id"
for name, query in queries.items():
    env.cr.execute(query)
    rows = env.cr.dictfetchall()
    ignored = {"write_date", "logo_web"}
    result[name] = [
        {key: str(value) for key, value in row.items() if key not in ignored}
        for row in rows
    ]
"""

# An office that has been at work for a while, with everything changed that can be.
SET_UP = """
from datetime import timedelta
now = env.cr.now()
company = env.company
company.write({
    "reminder_enabled": True,
    "reminder_user_id": env.ref("base.user_admin").id,
    "reminder_customer_default": True,
    "reminder_hourly_limit": 50,
    "reminder_sms_plain": False,
})
company.reminder_default_customer_ids.duration = 3
env.ref("crm_task_reminder.sms_template_customer").body = "Own words"
env.ref("crm_task_reminder.mail_template_customer").subject = "Own subject"
env.ref("crm_task_reminder.ir_cron_crm_task_reminder").interval_number = 5
project = env["project.project"].create({"name": "Gardens"})
customer = env["res.partner"].create({"name": "Anna", "phone": "+48600100200"})
for days in (-1, 1, 30):
    task = env["project.task"].create({
        "name": f"Hedge {days}",
        "project_id": project.id,
        "partner_id": customer.id,
        "planned_date_begin": now + timedelta(days=days),
    })
    assert task.reminder_customer_ids
env["crm.task.reminder.log"].create({
    "operation": "customer",
    "company_id": company.id,
    "task_id": task.id,
    "task_name": task.name,
    "reminder_id": task.reminder_customer_ids[0].id,
    "channel": "sms",
    "address": "+48600100200",
    "start": task.planned_date_begin,
    "state": "sent",
})
"""


@pytest.fixture
def installed():
    """An Odoo with the addon, set up and used."""
    ready = environment.ready()
    with database.copied(ready, os.environ[TEMPLATE_VARIABLE]) as name:
        run_inside(ready, name, SET_UP)
        yield ready, name


def test_upgrade_keeps_everything(installed):
    ready, name = installed
    before = run_inside(ready, name, SNAPSHOT)
    assert before["crm_task_reminder"] and before["crm_task_reminder_log"]
    assert database.install(ready, name, (ADDON,), demo=False, update=True) == []
    after = run_inside(ready, name, SNAPSHOT)
    for table, rows in before.items():
        assert after[table] == rows, table
