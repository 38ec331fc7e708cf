"""``make screenshots``: the pictures of the documentation, taken from the demo."""

import argparse
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

from playwright.sync_api import expect

from dev import demo
from dev.machine.process import say
from dev.machine.project import ADDON, ADDON_FOLDER, ROOT
from dev.office.browser import Browser
from dev.office.json2 import Json2Client
from dev.office.web_client import WebClient
from dev.pictures import smsapi, window

FOLDER = ROOT / "docs" / "images"
# Those that the addon's page in Odoo's list of apps shows as well.
STORE_FOLDER = ADDON_FOLDER / "static" / "description"
STORE_NAMES = {"settings", "task", "preview", "log"}
SIZE = (1280, 1000)
PHONE = (390, 844)
SENDER = "olga"  # of the demo's first company; the password is the login
SENT, COMING = "Przycinanie żywopłotu", "Przegląd szklarni"
Tasks = dict[str, int]  # their ids by their names
LOG = f"{ADDON}.crm_task_reminder_log_action"


def main(arguments: list[str]) -> int:
    """Take the pictures anew.

    :raises SetupError: the demo does not run
    """
    parser = argparse.ArgumentParser(prog="python3 -m dev screenshots")
    parser.add_argument("names", nargs="*", help="of pictures; all unless given")
    names = parser.parse_args(arguments).names
    FOLDER.mkdir(parents=True, exist_ok=True)
    with demo.running() as (server, client, mailboxes, gateways), Browser() as browser:
        demo.wait_for_first(client, mailboxes, gateways)
        _speak_english(client)
        named = client.read("project.task", [("name", "in", (SENT, COMING))], ["name"])
        tasks = {task["name"]: task["id"] for task in named}
        for name, (take, size) in PICTURES.items():
            if names and name not in names:
                continue
            web = browser.log_in(server.url, SENDER, SENDER, size=size, scale=1.5)
            take(web, tasks)
            picture = FOLDER / f"{name}.png"
            _shoot(web, picture)
            web.close()
            if name in STORE_NAMES:
                shutil.copy(picture, STORE_FOLDER)
        if not names:
            query = partial(server.environment.postgres.query, database=server.database)
            for file in window.take(browser, server.url, client, query, FOLDER):
                say(f"{file.relative_to(ROOT)}")
        for file in smsapi.take(
            browser, server.url, client, gateways[1], FOLDER, names
        ):
            say(f"{file.relative_to(ROOT)}")
    return 0


def _speak_english(client: Json2Client) -> None:
    """Let the sender read the language of the documentation."""
    [user] = client.read("res.users", [("login", "=", SENDER)], ["id"])
    client.write("res.users", [user["id"]], lang="en_US")


def _shoot(web: WebClient, file: Path) -> None:
    web.page.mouse.move(0, 0)
    # Pictures, and what moves; the network of Odoo's page is never idle.
    web.page.wait_for_timeout(1500)
    web.screenshot(file)
    say(f"{file.relative_to(ROOT)}")


def _open_tab(web: WebClient, task: int) -> None:
    web.open_record("project.task", task)
    web.open_tab("reminders_page")
    tab = web.page.locator(".o_notebook")
    expect(tab.locator("[name=reminder_customer_setting]")).to_be_visible()
    tab.evaluate("element => element.scrollIntoView()")


def settings(web: WebClient, tasks: Tasks) -> None:
    """The company's window."""
    web.open_menu("Project", "Configuration", "Automatic Reminders")
    expect(web.page.locator(".modal [name=reminder_enabled]")).to_be_visible()


def task(web: WebClient, tasks: Tasks) -> None:
    """A task with its reminders."""
    _open_tab(web, tasks[COMING])


def sent(web: WebClient, tasks: Tasks) -> None:
    """A task whose reminders are sent."""
    _open_tab(web, tasks[SENT])


def preview(web: WebClient, tasks: Tasks) -> None:
    """An e-mail as its recipient will read it."""
    _open_tab(web, tasks[COMING])
    buttons = web.page.locator("[name=reminder_customer_ids] [name=action_preview]")
    buttons.last.click()
    expect(web.page.locator(".modal iframe")).to_be_visible()


def cards(web: WebClient, tasks: Tasks) -> None:
    """Tasks on cards, with their bells."""
    web.open("/odoo/all-tasks")
    web.page.locator(".o_switch_view.o_kanban").click()
    expect(web.page.locator(".o_kanban_record .fa-bell-o").first).to_be_visible()


def many(web: WebClient, tasks: Tasks) -> None:
    """Reminders of many tasks at once."""
    web.open("/odoo/all-tasks")
    web.page.locator(".o_switch_view.o_list").click()
    for name in (SENT, COMING):
        row = web.page.locator(".o_data_row", has_text=name)
        row.locator(".o_list_record_selector input").check()
    web.page.locator(".o_cp_action_menus").get_by_text("Actions").click()
    web.page.get_by_role("menuitem", name="Change Reminders").click()
    expect(web.page.locator(".modal .o_data_row")).to_have_count(1)


def log(web: WebClient, tasks: Tasks) -> None:
    """The log."""
    web.open_action(LOG)
    expect(web.page.locator(".o_data_row").first).to_be_visible()


def chart(web: WebClient, tasks: Tasks) -> None:
    """The outcome by form and audience."""
    web.open_action(LOG)
    web.page.locator(".o_switch_view.o_pivot").click()
    expect(web.page.locator(".o_pivot table")).to_be_visible()


def phone(web: WebClient, tasks: Tasks) -> None:
    """The tab on a phone."""
    _open_tab(web, tasks[COMING])


# File name -> what to open, and the size of the screen.
PICTURES: dict[str, tuple[Callable[[WebClient, Tasks], None], tuple[int, int]]] = {
    "settings": (settings, (1280, 1340)),
    "task": (task, SIZE),
    "sent": (sent, SIZE),
    "preview": (preview, SIZE),
    "cards": (cards, SIZE),
    "many": (many, SIZE),
    "log": (log, (1280, 560)),
    "chart": (chart, (1280, 560)),
    "phone": (phone, PHONE),
}
