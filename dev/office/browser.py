"""Chromium without a window, and a person in it who uses Odoo's web client.

For the browser tests and for the screenshots.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, sync_playwright

from dev.machine import chromium
from dev.office import dark as dark_screen
from dev.office.web_client import FIRST_PAGE_TIMEOUT, TIMEOUT, WebClient

SIZE = (1280, 900)  # pixels

# Tells which of some elements show less than they have; for `evaluate_all`.
CUT = """elements => elements
    .filter(one => one.scrollWidth > one.clientWidth + 1)
    .map(one => one.innerText || one.value)"""


class Browser:
    """A running Chromium. A context manager: started, then stopped."""

    def __enter__(self) -> "Browser":
        self._playwright = sync_playwright().start()
        self._chromium = self._playwright.chromium.launch(
            executable_path=chromium.ensure()
        )
        return self

    def __exit__(self, *_exception: object) -> None:
        self._chromium.close()
        self._playwright.stop()

    def log_in(
        self,
        url: str,
        login: str,
        password: str,
        *,
        size: tuple[int, int] = SIZE,
        tz: str = "Europe/Warsaw",
        dark: bool = False,
        scale: float = 1,
    ) -> "WebClient":
        """Return a page of Odoo with a session of its own, logged in.

        :param url: the address of the server
        :param size: width and height in pixels, such as those of a phone
        :param tz: the zone of the person's machine
        :param dark: whether to show it in the dark, see `dev.office.dark`
        :param scale: pixels of a screenshot for one of the page
        :raises playwright.sync_api.Error: the login was refused
        """
        context = self._chromium.new_context(
            base_url=url,
            viewport={"width": size[0], "height": size[1]},
            timezone_id=tz,
            locale="en-US",
            device_scale_factor=scale,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        context.set_default_timeout(TIMEOUT * 1000)
        context.set_default_navigation_timeout(FIRST_PAGE_TIMEOUT * 1000)
        if dark:
            dark_screen.ask_for(context, url)
        web = WebClient(context.new_page())
        web.log_in(login, password)
        return web

    @contextmanager
    def show(
        self, document: str, size: tuple[int, int], *, dark: bool = False
    ) -> Iterator[Page]:
        """Give a page that shows a document by itself, as a mail program does.

        :param document: HTML
        :param size: width and height in pixels, such as those of a phone
        :param dark: whether the person's screen is dark
        """
        context = self._chromium.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
        )
        page = context.new_page()
        page.set_content(document)
        yield page
        context.close()

    @contextmanager
    def visit(
        self, url: str, size: tuple[int, int], *, script: bool = True, **options
    ) -> Iterator[Page]:
        """Give a page of somebody who is not signed in.

        :param url: where the page begins
        :param size: width and height in pixels, such as those of a phone
        :param script: whether the browser runs JavaScript
        :param options: further ones of Playwright's context
        """
        context = self._chromium.new_context(
            viewport={"width": size[0], "height": size[1]},
            java_script_enabled=script,
            **options,
        )
        page = context.new_page()
        page.goto(url)
        yield page
        context.close()
