"""Letters, a form of sending by an addon of the tests: how they are set and sent."""

from pathlib import Path

from playwright.sync_api import expect

from tests.office import LOG

ADDON = "crm_task_reminder_letter"
FOLDER = f"{ADDON}.folder"
FIELDS = ["state", "reason", "detail", "channel", "address", "attempt_count"]


def set_folder(server, path: Path | str) -> None:
    values = {"key": FOLDER, "value": str(path)}
    server.client.call("ir.config_parameter", "set_param", **values)


def create_task(office, **values) -> int:
    line = {
        "audience": "customer",
        "channel": "letter",
        "duration": 1,
        "duration_unit": "hours",
        "letter_template_id": office.template,
    }
    task = {
        "project_id": office.project,
        "partner_id": office.customer,
        "reminder_customer_ids": [[0, 0, line]],
    }
    return office.create_task(**{**task, **values})


def read_row(office, task: int) -> dict:
    """Return the log's only row about a task."""
    [row] = office.client.read(LOG, [("task_id", "=", task)], FIELDS)
    return row


def try_again(office, task: int) -> None:
    """Let the pause after a fault pass, and the service run."""
    office.execute(
        "UPDATE crm_task_reminder_log SET next_attempt_at = next_attempt_at "
        "- interval '2 hours' WHERE task_id = %s",
        [task],
    )
    office.run_service()


def choose_letter(web, line) -> None:
    """Choose the form of a line that is being edited."""
    line.locator("[name=channel] input").click()
    web.page.locator(".o_select_menu_item", has_text="Letter").click()
    # the template of the former form goes with it
    expect(line.locator("[name=mail_template_id] input")).to_have_value("")


def propose_templates(web, line):
    """Return the templates that are offered in a line that is being edited."""
    line.locator("[name=mail_template_id] input").click()
    items = web.page.locator(".o-autocomplete--dropdown-item:visible")
    expect(items.filter(has_text="letter").first).to_be_visible()
    return items
