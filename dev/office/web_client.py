"""A person in Odoo's web client, who clicks, types and looks."""

import re
import warnings
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

TIMEOUT = 20  # seconds
CLICKS = 3  # after so many of which nothing follows, something is broken
FIRST_PAGE_TIMEOUT = 90  # seconds; Odoo puts its scripts and styles together

# `expect` would wait for five seconds only.
expect.set_options(timeout=TIMEOUT * 1000)

# What the console says when a page is left while it still waits for an answer.
HARMLESS = re.compile(r"ConnectionAbortedError|ConnectionLostError|net::ERR_ABORTED")


class WebClient:
    """What a person does in Odoo's web client, in the words of its screen.

    Fields are named by their technical name, choices by their text. Whatever is looked
    for is waited for.
    """

    def __init__(self, page: Page):
        """Watch `page`.

        :param page: the page of Playwright, for what this class has no word for
        """
        self.page = page
        self.errors: list[str] = []  # what the browser's console called an error
        page.on("console", self._note_console)
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def close(self) -> None:
        """End the session."""
        self.page.context.close()

    def _note_console(self, message) -> None:
        if message.type == "error" and not HARMLESS.search(message.text):
            self.errors.append(f"{message.text} ({message.location.get('url')})")

    # ------------------------------------------------------------------
    # Getting somewhere
    # ------------------------------------------------------------------

    def log_in(self, login: str, password: str) -> None:
        """Log in and wait for the first screen."""
        self.page.goto("/web/login")
        self.page.fill("input[name=login]", login)
        self.page.fill("input[name=password]", password)
        self.page.click("form.oe_login_form button[type=submit]")
        self.page.wait_for_selector(".o_main_navbar", timeout=FIRST_PAGE_TIMEOUT * 1000)

    def open_action(self, xmlid: str, record: int | str = "") -> None:
        """Open a window action.

        :param record: the id of the record to open in it, or ``new``
        """
        self.open(f"/odoo/action-{xmlid}/{record}")

    def open_record(self, model: str, record: int | str) -> None:
        """Open the form of a record.

        :param record: an id, or ``new``
        """
        self.open(f"/odoo/{model}/{record}")

    def open(self, path: str) -> None:
        """Open an address of the web client, such as ``/odoo/settings#crm``."""
        # Two addresses that differ behind the # only would not load a page.
        self.page.goto("about:blank")
        self.page.goto(path)
        self._wait_for_view()

    def open_menu(self, app: str, *names: str) -> None:
        """Choose an app, then entries of its menu, by their texts."""
        self.page.click(".o_navbar_apps_menu button")
        self.page.locator(".o_app").get_by_text(app, exact=True).click()
        expect(self.page.locator(".o_menu_brand")).to_have_text(app)
        entries = self.page.locator(".o_menu_sections *, .o-dropdown--menu *")
        for name in names:
            entries.get_by_text(name, exact=True).first.click()
        self._wait_for_view()

    def _wait_for_view(self) -> None:
        self.page.wait_for_selector(
            ".o_action_manager .o_action, .o_dialog .o_view_controller"
        )

    # ------------------------------------------------------------------
    # Forms
    # ------------------------------------------------------------------

    def field(self, name: str) -> Locator:
        """Return the field `name` of the form (visible ones only)."""
        return self.page.locator(f".o_field_widget[name={name}]:visible").first

    def _wait_for_field(self, name: str) -> Locator:
        """Return a field once it is drawn, for what is counted in it at once."""
        field = self.field(name)
        field.wait_for()
        return field

    def fill(self, name: str, value: str) -> None:
        """Type a text, number or date into a field."""
        field = self._wait_for_field(name)
        # A date that is set is a button until it is entered.
        if (button := field.locator("button.o_input")).count():
            button.first.click()
        box = field.locator("input, textarea").first
        box.fill(value)
        box.press("Tab")

    def choose(self, name: str, text: str) -> None:
        """Choose a record in a many2one or many2many field, an entry in a selection."""
        field = self._wait_for_field(name)
        if (select := field.locator("select")).count():
            select.select_option(label=text)
            return
        box = field.locator("input").first
        box.fill(text)
        items = self.page.locator(".o-autocomplete--dropdown-item:visible")
        items.get_by_text(text).first.click()

    def check(self, name: str, value: bool = True) -> None:
        """Switch a yes-or-no field."""
        box = self.field(name).locator("input[type=checkbox]")
        if box.is_checked() != value:
            self._click_until(box, expect(box).to_be_checked, checked=value)

    def open_tab(self, name: str) -> None:
        """Open the page of a form's notebook that has the technical name `name`."""
        tab = self.page.locator(f".o_notebook_headers a[name={name}]")
        self._click_until(tab, expect(tab).to_contain_class, "active")

    def rows(self, name: str) -> Locator:
        """Return the rows of a list in the form."""
        return self.field(name).locator(".o_data_row")

    def add_row(self, name: str, text: str) -> None:
        """Add a row to a list in the form by what is written below the list."""
        link, rows = self._wait_for_field(name).get_by_text(text), self.rows(name)
        self._click_until(link, expect(rows).to_have_count, rows.count() + 1)

    def _click_until(self, target: Locator, see: Callable, *words, **values) -> None:
        """Click, and click once more where nothing follows, as a person does.

        An answer that draws the page anew, or moves what is under the pointer, between
        press and release takes a click away.

        :param see: what is to follow: an expectation of Playwright, with its arguments
        """
        for click in range(CLICKS):
            if click:  # told, so that what takes clicks for ever is not overlooked
                warnings.warn(f"Clicked once more on {target}", stacklevel=2)
            target.click()
            with suppress(AssertionError):
                see(*words, **values, timeout=1000 * TIMEOUT / CLICKS)
                return
        raise AssertionError(f"Nothing follows a click on {target}.")

    def save(self) -> None:
        """Save the form and wait until it is saved."""
        self.page.click(".o_form_button_save")
        saved = self.page.locator(".o_form_status_indicator_buttons.invisible")
        expect(saved).to_be_attached(timeout=TIMEOUT * 1000)

    def save_settings(self) -> None:
        """Save the settings; Odoo loads the page again."""
        # Not `expect_navigation`: a new address of the page that is still there is one.
        with self.page.expect_event("load", timeout=FIRST_PAGE_TIMEOUT * 1000):
            self.page.click(".o_form_button_save")
        self._wait_for_view()

    def click(self, text: str) -> None:
        """Click a button with this text."""
        self.page.get_by_role("button", name=text, exact=True).first.click()

    # ------------------------------------------------------------------
    # Looking
    # ------------------------------------------------------------------

    def see(self, text: str, seconds: float = TIMEOUT) -> Locator:
        """Wait until `text` is on the screen and return where.

        :raises AssertionError: it is not there in time
        """
        found = self.page.get_by_text(text).locator("visible=true").first
        expect(found).to_be_visible(timeout=seconds * 1000)
        return found

    def screenshot(self, path: Path, **options) -> None:
        """Write a picture of the screen to the file `path` (PNG)."""
        self.page.screenshot(path=path, animations="disabled", **options)
