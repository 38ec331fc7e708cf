"""The browser for the tests: found on the machine, else installed from Debian."""

import shutil

from dev import apt

# In the order in which Odoo's own browser tests look for them.
NAMES = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")
PURPOSE = "The browser tests need Chromium or Google Chrome on PATH."


def ensure() -> None:
    """Make sure that there is a browser.

    :raises SetupError: there is none, and none can be installed
    """
    if not any(shutil.which(name) for name in NAMES):
        apt.install(["chromium"], PURPOSE)
