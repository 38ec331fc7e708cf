"""Pictures of the company's window for the documentation: on, off, stalled, hosted."""

from collections.abc import Callable
from pathlib import Path

from dev.machine.process import wait_until
from dev.machine.project import ADDON
from dev.office.browser import Browser
from dev.office.json2 import Json2Client
from dev.office.web_client import WebClient

SIZE = (1200, 1400)  # pixels; the window down to its service
SETTINGS = "crm.task.reminder.settings"
STALL_SECONDS = 30
HOSTED = f"{ADDON}.hosted"
# The scheduled action of the service as it looks when nobody has run it for an hour.
STALL = f"""
UPDATE ir_cron
   SET lastcall = now() AT TIME ZONE 'UTC' - interval '1 hour',
       write_date = now() AT TIME ZONE 'UTC' - interval '1 hour',
       nextcall = now() AT TIME ZONE 'UTC' + interval '1 hour'
  FROM ir_model_data
 WHERE ir_model_data.res_id = ir_cron.id
   AND ir_model_data.model = 'ir.cron'
   AND ir_model_data.module = '{ADDON}'
"""
WAKE = STALL.replace("- interval '1 hour'", "").replace("+ interval '1 hour'", "")


def take(
    browser: Browser,
    url: str,
    client: Json2Client,
    query: Callable[[str], object],
    folder: Path,
) -> list[Path]:
    """Write the pictures and return their paths; leave everything as it was.

    :param url: the address of a server with the demo data
    :param client: its administrator
    :param query: runs SQL in its database
    :param folder: where the pictures go
    """
    web = browser.log_in(url, "admin", "admin", size=SIZE)
    [company] = client.read("res.company", [("name", "=", "Zielony Dom")], ["id"])
    web.page.evaluate(f"document.cookie = 'cids={company['id']}; path=/'")
    paths = [_take(web, folder / "settings-on.png")]
    _stall(client, query)
    paths.append(_take(web, folder / "settings-stalled.png"))
    query(WAKE)
    client.call("ir.config_parameter", "set_param", key=HOSTED, value="1")
    paths.append(_take(web, folder / "settings-hosted.png"))
    client.call("ir.config_parameter", "set_param", key=HOSTED, value="")
    client.write("res.company", [company["id"]], reminder_enabled=False)
    paths.append(_take(web, folder / "settings-off.png"))
    client.write("res.company", [company["id"]], reminder_enabled=True)
    web.close()
    return paths


def _stall(client: Json2Client, query: Callable[[str], object]) -> None:
    """Let the service stand still, also when it was in the middle of a run."""
    state = "reminder_service_state"

    def is_stalled() -> bool:
        query(STALL)
        window = client.create(SETTINGS)
        return client.call(SETTINGS, "read", [window], fields=[state])[0][state] == (
            "stalled"
        )

    wait_until(is_stalled, STALL_SECONDS, pause=1)


def _take(web: WebClient, path: Path) -> Path:
    """Open the window and write a picture of it to `path`."""
    web.open("/odoo/crm")
    web.open_menu("CRM", "Configuration", "Automatic Reminders")
    web.see("Reminder Log")
    web.page.locator(".modal-title").click()  # so that no field has the cursor
    window = web.page.locator(".modal-content")
    window.screenshot(path=path, animations="disabled")
    return path
