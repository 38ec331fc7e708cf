"""An upgrade from 19.0.1.1.0 keeps what was set, and all that was sent."""

from types import SimpleNamespace

import pytest

from tests.upgrade import (
    SECOND,
    expect_attempts,
    office_of,
    update,
    without_new_templates,
)
from tests.upgrade_scripts import FALL_DUE, SNAPSHOT, USE

# What the first version did not have.
USE_SECOND = (
    USE
    + """
env.flush_all()
gardens.reminder_hourly_limit = 500
boris.password = "another"  # from now on Boilers may not send
env["ir.cron"]._set_reminder_worker_count(3)
later = env["project.task"].search([("name", "=", "later")])
later.reminder_excluded_user_ids = olga
later.reminder_operator_off = True
env["res.users"].with_context(no_reset_password=True).create({
    "name": "Clara", "login": "clara", "company_id": gardens.id,
    "company_ids": [Command.set(gardens.ids)],
    "group_ids": [Command.link(env.ref("project.group_project_user").id)],
})

# messages that a mail server and a gateway could not take: three times, once
queue("delayed", "finished").write({
    "attempt_count": 3, "next_attempt_at": now + timedelta(minutes=40),
    "reason": "mail_server", "detail": "Connection refused",
})
queue("retried", "finished").write({
    "attempt_count": 1, "next_attempt_at": now - timedelta(minutes=1),
    "reason": "sms_gateway",
})
queue("doubtful", "finished").write({"state": "unconfirmed", "reason": "no_answer"})
"""
    + FALL_DUE
)

# What each user may do and sees, by login.
RIGHTS = """
OPERATIONS = ("create", "read", "write", "unlink")
MODELS = (
    "crm.task.reminder", "crm.task.reminder.default", "crm.task.reminder.log",
    "crm.task.reminder.settings", "crm.task.reminder.preview",
    "crm.task.reminder.edit", "ir.mail_server", "sms.template",
)
result["rights"] = {}
for user in env["res.users"].search([("login", "in", ("olga", "clara", "piotr"))]):
    rights = result["rights"][user.login] = {}
    for model in MODELS:
        records = env[model].with_user(user)
        rights[model] = [one for one in OPERATIONS if records.has_access(one)]
        if model.startswith("crm.task.reminder") and not records._transient:
            seen = records.search_count([]) if records.has_access("read") else 0
            rights[f"{model} seen"] = seen
"""

# The same people go on with the present version.
USE_PRESENT = """
cron = env.ref("crm_task_reminder.ir_cron_crm_task_reminder")
log = env["crm.task.reminder.log"]
companies = env["res.company"].search([("reminder_user_id", "!=", False)])
result["troubles"] = {one.name: one._get_reminder_trouble() for one in companies}
result["workers"] = len(env["ir.cron"]._get_reminder_workers())
log.search([("task_name", "=", "refused")]).action_send_again()
env.cr.commit()
cron.method_direct_trigger()
env.cr.commit()
rows = log.search([("operation", "!=", "service")])
result["outcomes"] = {
    name: sorted(set(members.mapped("state")))
    for name, members in rows.grouped("task_name").items()
}
delayed = log.search([("task_name", "=", "delayed")])
result["attempts"] = delayed.mapped("attempt_count")
result["reasons"] = delayed.mapped("reason_text")
words = dict(log._fields["channel"]._description_selection(env))
result["channels"] = sorted(
    (words[name], len(members)) for name, members in rows.grouped("channel").items()
)
glue = env["ir.module.module"].search([("name", "=", "crm_task_reminder_sms_twilio")])
result["glue"] = glue.state
"""


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    """An office over an upgrade: what was in its database each time, what it sent."""
    with office_of(SECOND, tmp_path_factory.mktemp("second")) as office:
        before = office.use_former(USE_SECOND + RIGHTS + SNAPSHOT)
        update(office.name)
        after = office.run(RIGHTS + SNAPSHOT)
        told = office.run(USE_PRESENT)
    return SimpleNamespace(
        before=before, after=after, told=told, office=office, gateway=office.gateway
    )


def test_nothing_is_lost(story):
    """Settings, lines, templates and the log; of it channels and attempts as well."""
    log = story.before["tables"]["crm_task_reminder_log"]
    assert {row["channel"] for row in log} == {"sms", "email", "None"}
    assert {row["attempt_count"] for row in log} == {"1", "3", "None"}
    for table, rows in story.before["tables"].items():
        present = without_new_templates(table, rows, story.after["tables"][table])
        kept = [
            {column: new.get(column) for column in old}
            for old, new in zip(rows, present, strict=True)
        ]
        assert kept == [expect_attempts(table, row) for row in rows], table
    new = set(story.after["indexes"]) - set(story.before["indexes"])
    assert new == {
        "_address_idx",
        "_asked_idx",
        "_counted_idx",
        "_created_idx",
        "_doubtful_idx",
        "_limit_idx",
        "_plan_unique",
        "_receipt_until_idx",
        "_second_way_idx",
        "_troubled_idx",
        "__employee_id_index",
        "__instead_of_id_index",
    }
    assert set(story.before["indexes"]) <= set(story.after["indexes"])


def test_rights_stay(story):
    assert story.before["rights"]["clara"]["crm.task.reminder"], "it says something"
    assert story.before["rights"]["olga"]["crm.task.reminder.log seen"] > 10
    assert story.after["rights"] == story.before["rights"]


def test_senders_and_workers_stay(story):
    troubles = story.told["troubles"]
    assert troubles.pop("Boilers") == "operator_password"
    assert set(troubles.values()) == {False}
    assert story.told["workers"] == 3


def test_nothing_is_sent_twice_and_nothing_left_out(story):
    assert story.told["outcomes"] == {
        "deleted": ["sent"],
        "delivered": ["delivered"],
        "due": ["sent"],
        "doubtful": ["unconfirmed"],
        "interrupted": ["unconfirmed"],
        "missed": ["missed"],
        "moved": ["sent"],
        "passed": ["skipped"],
        "delayed": ["queued"],
        "retried": ["sent"],
        "queued": ["sent"],
        "refused": ["sent"],
        "sent": ["sent", "skipped"],
        "unreachable": ["skipped"],
    }
    assert sorted(mail.envelope_to[0] for mail in story.office.mailbox.mails) == [
        "due@customer.example",
        "piotr@office.example",
        "queued@customer.example",
        "refused@customer.example",
        "retried@customer.example",
    ]
    assert len(story.gateway.messages) == 4


def test_what_waits_goes_on_waiting(story):
    assert story.told["attempts"] == [3, 3]
    [reason] = set(story.told["reasons"])
    assert reason.endswith(": Connection refused")


def test_forms_of_sending_have_their_names(story):
    names = [name for name, _count in story.told["channels"]]
    assert names == ["E-mail", "SMS"]


def test_edited_templates_stay(story):
    """All readers are Polish, and the subject was edited in Polish."""
    mails = story.office.mailbox.mails
    assert [one.subject for one in mails if "due@" in one.envelope_to[0]] == [
        "Temat: due"
    ]


def test_addon_that_nobody_needs_does_not_come(story):
    assert story.told["glue"] == "uninstalled"
