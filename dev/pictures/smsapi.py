"""Pictures of SMS through SMSAPI or Twilio and of answers by SMS."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, expect

from dev.machine.project import ROOT
from dev.office import customer
from dev.office.browser import Browser
from dev.office.json2 import Json2Client
from dev.office.smsapi_gateway import SmsapiGateway
from dev.office.web_client import WebClient

SIZE = (1280, 1000)  # pixels
COMPANY = "Zielony Dom"
ANSWER = "crm.task.reminder.answer"
TEXTS_ACTION = "crm_task_reminder_reply.crm_task_reminder_text_action"
# Who writes what in the pictures: the first or second customer who was reminded, or
# somebody else.
TEXTS = (
    (0, "Tak, będę"),
    (1, "nie mogę, przełóżmy na piątek"),
    (1, "Czy mogę przyjść z psem?"),
    (2, "STOP"),
)
STRANGER = "+48601200399"


@dataclass(frozen=True)
class Picture:
    """What is shown, and the addons whose README shows it as well."""

    take: Callable[[WebClient, Json2Client], Locator | None]
    addons: tuple[str, ...] = ()


def take(
    browser: Browser,
    url: str,
    client: Json2Client,
    smsapi: SmsapiGateway,
    folder: Path,
    names: list[str],
) -> list[Path]:
    """Write the pictures and return their paths.

    :param url: the address of a server with the demo data
    :param client: its administrator
    :param smsapi: the gateway of the demo, whose customers have been reminded
    :param folder: where the pictures go
    :param names: of those that are wanted; all if empty
    """
    wanted = [name for name in PICTURES if not names or name in names]
    if not wanted:
        return []
    [company] = client.read(
        "res.company", [("name", "=", COMPANY)], ["reminder_sms_incoming_address"]
    )
    _bring_texts(smsapi, company["reminder_sms_incoming_address"])
    web = browser.log_in(url, "admin", "admin", size=SIZE, scale=1.5)
    web.page.evaluate(f"document.cookie = 'cids={company['id']}; path=/'")
    paths = []
    for name in wanted:
        path = folder / f"{name}.png"
        _write_picture(PICTURES[name], path, web, client)
        paths.append(path)
    web.close()
    return paths


def _bring_texts(smsapi: SmsapiGateway, address: str) -> None:
    """Bring what customers write, and a stranger.

    :param address: where the company takes it
    """
    texts = [sms for sms in smsapi.messages if customer.find_link(sms.body)]
    numbers = [*dict.fromkeys(sms.number for sms in texts)][:2]
    for number, text in TEXTS:
        smsapi.bring(address, [*numbers, STRANGER][number], text)


def _write_picture(
    picture: Picture, path: Path, web: WebClient, client: Json2Client
) -> None:
    part = picture.take(web, client)
    web.page.mouse.move(0, 0)
    web.page.wait_for_timeout(1500)  # what moves
    if part:
        part.evaluate("element => element.style.padding = '12px'")
        part.screenshot(path=path, animations="disabled")
    else:
        web.screenshot(path)
    for addon in picture.addons:
        shutil.copy(path, ROOT / addon / "static" / "description")


def provider(web: WebClient, client: Json2Client) -> Locator:
    """Where a company chooses who carries its SMS."""
    web.open("/odoo/settings")
    button = web.page.locator("[name=action_open_sms_smsapi_account]")
    button.scroll_into_view_if_needed()
    return web.page.locator(".o_setting_box").filter(has=button)


def account(web: WebClient, client: Json2Client) -> Locator:
    """The set-up of an account, its connection tested."""
    web.open("/odoo/settings")
    button = web.page.locator("[name=action_open_sms_smsapi_account]")
    button.scroll_into_view_if_needed()
    button.click()
    window = web.page.locator(".modal-content")
    window.locator("[name=action_test_connection]").click()
    web.see("Connected.")
    web.page.locator(".o_notification_close").first.click()
    web.page.locator(".modal-title").click()  # so that no field has the cursor
    return window


def window(web: WebClient, client: Json2Client) -> Locator:
    """What the company's window says of SMS and of answers."""
    return _open_window(web, "Left:")


def twilio(web: WebClient, client: Json2Client) -> Locator:
    """What it says where Twilio was chosen and is not set up; taken last."""
    [company] = client.read("res.company", [("name", "=", COMPANY)], ["id"])
    client.write("res.company", [company["id"]], sms_provider="twilio")
    return _open_window(web, "Twilio")


def _open_window(web: WebClient, text: str) -> Locator:
    """Open the company's window; return what it has about SMS.

    :param text: what the status says
    """
    web.page.set_viewport_size({"width": SIZE[0], "height": SIZE[1]})
    web.open("/odoo/crm")
    web.open_menu("CRM", "Configuration", "Automatic Reminders")
    status = web.field("reminder_sms_status")
    expect(status).to_contain_text(text)
    web.page.locator(".modal-title").click()  # so that no field has the cursor
    return web.page.locator(".modal .o_inner_group").filter(has=status)


def texts(web: WebClient, client: Json2Client) -> None:
    """What customers have written."""
    web.open_action(TEXTS_ACTION)
    expect(web.page.locator(".o_data_row").first).to_be_visible()
    web.page.set_viewport_size({"width": SIZE[0], "height": 320})


def answered(web: WebClient, client: Json2Client) -> None:
    """A task whose customer has answered by SMS."""
    found = client.read(
        ANSWER, [("way", "=", "sms"), ("kind", "=", "coming")], ["task_id"]
    )
    web.page.set_viewport_size({"width": SIZE[0], "height": SIZE[1]})
    web.open_record("project.task", found[0]["task_id"][0])
    expect(web.field("reminder_answer").first).to_be_visible()


# File name -> what is in it.
PICTURES = {
    "smsapi": Picture(account, ("sms_smsapi",)),
    "smsapi-provider": Picture(provider, ("sms_smsapi",)),
    "smsapi-window": Picture(window, ("crm_task_reminder_sms_smsapi",)),
    "answers-sms": Picture(texts, ("crm_task_reminder_reply",)),
    "answers-task": Picture(answered, ("crm_task_reminder_reply",)),
    "twilio-window": Picture(twilio, ("crm_task_reminder_sms_twilio",)),
}
