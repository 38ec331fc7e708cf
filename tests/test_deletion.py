"""What is deleted leaves nothing behind, or only what is to stay: the addon, a task."""

import os

import pytest

from dev.machine.project import ADDON
from dev.office import database, environment
from dev.office.odoo_shell import run_inside
from dev.run_tests import TEMPLATE_VARIABLE

# A task with a reminder that was sent; its mail in doubt, as a crash leaves it.
SET_UP = """
from datetime import timedelta
account = env["ir.mail_server"].create({"name": "A", "smtp_host": "mail.example"})
env.company.write({
    "reminder_enabled": True,
    "reminder_user_id": env.ref("base.user_admin").id,
    "reminder_mail_server_id": account.id,
})
template = env.ref("crm_task_reminder.mail_template_customer")
line = {"audience": "customer", "channel": "email", "mail_template_id": template.id}
anna = env["res.partner"].create({"name": "Anna", "email": "anna@customer.example"})
task = env["project.task"].create({
    "name": "Hedge",
    "partner_id": anna.id,
    "user_ids": env.ref("base.user_admin").ids,
    "planned_date_begin": env.cr.now() + timedelta(days=1),
    "reminder_customer_ids": [(0, 0, line)],
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
env["ir.config_parameter"].set_param("crm_task_reminder.log_days", "30")
for _time in range(2):
    env.company._note_reminder_trouble()
    env.company._note_reminder_doubt()
    activities = env.company.partner_id.activity_ids
    assert len(activities) == 2
    if not _time:
        activities.action_done()
"""
# What Odoo logs meanwhile that is more than a note.
UNINSTALL = """
import logging
handler = logging.Handler(logging.WARNING)
result["warnings"] = []
handler.emit = lambda record: result["warnings"].append(record.getMessage())
logging.getLogger().addHandler(handler)
module = env["ir.module.module"].search([("name", "=", values["addon"])])
module.button_immediate_uninstall()
"""
REMAINS = {
    "tables": "SELECT relname FROM pg_class WHERE relname LIKE '%%task_reminder%%'",
    "columns": "SELECT column_name FROM information_schema.columns "
    "WHERE column_name LIKE '%%reminder%%'",
    "workers": "SELECT cron_name FROM ir_cron WHERE cron_name LIKE 'Task Reminder%%'",
    "mails": "SELECT email_to FROM mail_mail WHERE state = 'outgoing'",
    "activities": "SELECT summary FROM mail_activity WHERE res_model = 'res.partner'",
    "records": "SELECT name FROM ir_model_data WHERE module = 'crm_task_reminder'",
    "parameters": "SELECT key FROM ir_config_parameter WHERE key LIKE 'crm_task%%'",
}
REPLY = "crm_task_reminder_reply"
# What somebody sees who may see all: fields and what they offer, views, menus,
# templates, and a message as its customer reads it.
LOOK = """
from lxml import etree
def show(view):
    return etree.tostring(view._get_combined_arch(), encoding="unicode")
names = ("project.project", "project.task", "crm.task.reminder", "mail.activity.type")
models = sorted(name for name in env if name.startswith(names))
models += ["res.config.settings", "mail.template", "sms.template"]
views = env["ir.ui.view"].search([("mode", "=", "primary"), ("type", "!=", "qweb")])
layout = env.ref("crm_task_reminder.mail_layout")
shown = ["string", "help", "type", "selection", "required", "readonly", "relation"]
texts = {"mail.template": "body_html", "sms.template": "body"}
texts |= dict.fromkeys(["mail.activity.type", "ir.ui.menu"], "name")
previews = env["crm.task.reminder.preview"]
result["look"] = {
    "fields": {name: env[name].fields_get(attributes=shown) for name in models},
    "views": {view.xml_id: show(view) for view in views if view.model in models},
    "layout": show(layout),
    "records": {
        kind: sorted(f"{one.display_name}: {one[text]}" for one in env[kind].search([]))
        for kind, text in texts.items()
    },
    "messages": [
        previews.create({"reminder_id": line.id}).content
        for line in env["project.task"].search([("name", "=", "Hedge")]).reminder_ids
    ],
}
"""
# The task's customer has said that another time would be better.
ANSWER_TASK = """
task = env["project.task"].search([("name", "=", "Hedge")])
answer = env["crm.task.reminder.answer"]
answer._record(task, "declined", "page")
task.activity_ids.action_done()
answer._record(task, "other", "page", text="Friday")
assert task.activity_ids
"""
GLUE = "crm_task_reminder_sms_twilio"
CHOOSE_TWILIO = """
env.company.sms_provider = "twilio"
"""
ASK = """
provider = env["crm.task.reminder.sms.provider"]._find(env.company)
result["provider"] = provider._name
result["status"] = provider._get_status(env.company)
"""
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


def uninstall(ready, name, addon=ADDON):
    """Uninstall an addon; return the warnings that Odoo logged."""
    return run_inside(ready, name, UNINSTALL, addon=addon)["warnings"]


def test_uninstalled_addon_leaves_nothing_behind(used):
    ready, name = used
    for kind, query in REMAINS.items():
        assert ready.postgres.query(query, database=name), kind
    assert uninstall(ready, name) == []
    for kind, query in REMAINS.items():
        assert not ready.postgres.query(query, database=name), kind


def test_glue_and_addon_are_uninstalled_one_after_the_other(used):
    ready, name = used
    database.install(ready, name, ("sms_twilio",), demo=False)
    run_inside(ready, name, CHOOSE_TWILIO)
    of_glue = "SELECT name FROM ir_model_data WHERE module = %s"
    assert ready.postgres.query(of_glue, (GLUE,), database=name)

    # Twilio goes on as any provider does that has no addon here
    assert uninstall(ready, name, GLUE) == []
    assert not ready.postgres.query(of_glue, (GLUE,), database=name)
    told = run_inside(ready, name, ASK)
    assert told["provider"] == "crm.task.reminder.sms.provider"
    assert told["status"][0]

    assert uninstall(ready, name) == []
    for kind, query in REMAINS.items():
        assert not ready.postgres.query(query, database=name), kind


def test_glue_goes_with_the_addon(used):
    ready, name = used
    database.install(ready, name, ("sms_twilio",), demo=False)
    assert uninstall(ready, name) == []
    states = "SELECT name, state FROM ir_module_module WHERE name IN (%s, %s)"
    modules = (GLUE, "sms_twilio")
    assert dict(ready.postgres.query(states, modules, database=name)) == {
        GLUE: "uninstalled",
        "sms_twilio": "installed",
    }


def test_answers_are_uninstalled_and_the_addon_after_them(used):
    ready, name = used
    before = {
        kind: sorted(ready.postgres.query(query, database=name))
        for kind, query in REMAINS.items()
    }
    alone = run_inside(ready, name, LOOK)["look"]
    database.install(ready, name, (REPLY,), demo=False)
    joined = run_inside(ready, name, ANSWER_TASK + LOOK)["look"]
    assert uninstall(ready, name, REPLY) == []
    for kind, query in REMAINS.items():
        found = sorted(ready.postgres.query(query, database=name))
        assert found == before[kind], kind
    again = run_inside(ready, name, LOOK)["look"]
    for kind, shown in alone.items():
        assert again[kind] == shown, kind
        # else it was not looked at where the answers are
        assert joined[kind] != shown, kind
    assert uninstall(ready, name) == []
    for kind, query in REMAINS.items():
        assert not ready.postgres.query(query, database=name), kind


def test_answers_go_with_the_addon(used):
    ready, name = used
    database.install(ready, name, (REPLY,), demo=False)
    run_inside(ready, name, ANSWER_TASK)
    assert uninstall(ready, name) == []
    for kind, query in REMAINS.items():
        assert not ready.postgres.query(query, database=name), kind


def test_task_of_a_restored_database_can_be_deleted(used):
    ready, name = used
    ready.postgres.query(RESTORE, database=name)
    run_inside(ready, name, DELETE_TASK)
