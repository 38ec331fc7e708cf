"""An upgrade from the first version keeps what was set, and all that was sent."""

from types import SimpleNamespace

import pytest

from tests.upgrade import (
    FIRST,
    expect_attempts,
    office_of,
    update,
    without_new_templates,
)
from tests.upgrade_scripts import FALL_DUE, SNAPSHOT, USE

# In that version, what a run that failed had in hand stayed so for ever.
FORGET = """
queue("forgotten", "failed").state = "sending"
"""
USE_FIRST = USE + FORGET + FALL_DUE

# The same people go on with the present version.
USE_PRESENT = """
cron = env.ref("crm_task_reminder.ir_cron_crm_task_reminder")
log = env["crm.task.reminder.log"]
companies = env["res.company"].search([("reminder_user_id", "!=", False)])

def get_troubles():
    return companies.mapped(lambda company: company._get_reminder_trouble())

result["troubles"] = get_troubles()
log.search([("task_name", "=", "refused")]).action_send_again()
env.cr.commit()
cron.method_direct_trigger()
env.cr.commit()
rows = log.search([("operation", "!=", "service")])
result["outcomes"] = {
    name: sorted(set(members.mapped("state")))
    for name, members in rows.grouped("task_name").items()
}

glue = env["ir.module.module"].search([("name", "=", "crm_task_reminder_sms_twilio")])
result["glue"] = glue.state

# what the first version did not have
companies.reminder_user_id.password = "another"
result["troubles_of_new_passwords"] = get_troubles()
companies.reminder_hourly_limit = 50
env["ir.cron"]._set_reminder_worker_count(2)
task = env["project.task"].search([("name", "=", "later")])
task.reminder_excluded_user_ids = companies.reminder_user_id
task.reminder_operator_off = True

# the migration scripts are to run once more
module = env["ir.module.module"].search([("name", "=", "crm_task_reminder")])
module.latest_version = "19.0.1.0.0"
"""


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    """An office over an upgrade: what was in its database each time, what it sent."""
    with office_of(FIRST, tmp_path_factory.mktemp("first")) as office:
        before = office.use_former(USE_FIRST + SNAPSHOT)
        update(office.name)
        after = office.run(SNAPSHOT)
        used = office.run(USE_PRESENT + SNAPSHOT)
        update(office.name)
        again = office.run(SNAPSHOT)
    return SimpleNamespace(
        before=before["tables"],
        after=after["tables"],
        indexes=[before["indexes"], after["indexes"]],
        used=used["tables"],
        again=again["tables"],
        told=used,
        # without those that Odoo sends about the changed passwords
        mails=[mail for mail in office.mailbox.mails if mail.message["Auto-Submitted"]],
        texts=office.gateway.messages,
    )


def expect(table, row):
    """Return what a row of the first version is to be after the upgrade."""
    if table == "crm_task_reminder_log" and row["task_name"] == "forgotten":
        return {**row, "state": "unconfirmed", "reason": "interrupted"}
    return expect_attempts(table, row)


def test_nothing_is_lost(story):
    assert len(story.before["crm_task_reminder_log"]) > 20
    for table, rows in story.before.items():
        present = without_new_templates(table, rows, story.after[table])
        kept = [
            {column: new.get(column) for column in old}
            for old, new in zip(rows, present, strict=True)
        ]
        assert kept == [expect(table, row) for row in rows], table


def test_lines_stay_before_the_start_for_open_tasks_and_once(story):
    for table in ("crm_task_reminder", "crm_task_reminder_default"):
        names = ("moment", "task_states", "repeat_unit")
        kinds = {tuple(row[name] for name in names) for row in story.after[table]}
        assert kinds == {("before", "open", "None")}, table


def test_nothing_is_sent_twice_and_nothing_left_out(story):
    assert story.told["outcomes"] == {
        "deleted": ["sent"],
        "delivered": ["delivered"],
        "due": ["sent"],
        "forgotten": ["unconfirmed"],
        "interrupted": ["unconfirmed"],
        "missed": ["missed"],
        "moved": ["sent"],
        "passed": ["skipped"],
        "queued": ["sent"],
        "refused": ["sent"],
        "sent": ["sent", "skipped"],
        "unreachable": ["skipped"],
    }
    assert sorted(mail.envelope_to[0] for mail in story.mails) == [
        "due@customer.example",
        "piotr@office.example",
        "queued@customer.example",
        "refused@customer.example",
    ]


def test_edited_templates_stay_and_others_are_translated(story):
    """All readers are Polish; the first version wrote to them in English."""
    assert sorted(sms.body for sms in story.texts) == [
        "Own words: due",
        "Own words: queued",
        "Own words: refused",
    ]
    [customer] = [mail for mail in story.mails if mail.subject == "Temat: due"]
    assert "Kindest regards" in customer.text("html")
    [operator] = [mail for mail in story.mails if "piotr" in mail.envelope_to[0]]
    assert operator.subject.startswith("Przypomnienie o zadaniu: due")
    assert "Dzień dobry" in operator.text("html")


def test_senders_go_on_until_their_passwords_change(story):
    assert story.told["troubles"] == [False] * 3
    assert story.told["troubles_of_new_passwords"] == ["operator_password"] * 3


def test_index_that_is_replaced_goes(story):
    before, after = story.indexes
    assert "__operation_index" in before and "_service_idx" not in before
    assert "_service_idx" in after and "__operation_index" not in after


def test_update_onto_itself_changes_nothing(story):
    assert story.again == story.used


def test_addon_that_nobody_needs_does_not_come(story):
    assert story.told["glue"] == "uninstalled"
