"""The browser for the tests: found on the machine, else installed from Debian."""

import shutil

from dev.machine import apt

# In the order in which Odoo's own browser tests look for them.
NAMES = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")
PURPOSE = "The browser tests need Chromium or Google Chrome on PATH."


def ensure() -> str:
    """Make sure that there is a browser and return the path of its program.

    :raises SetupError: there is none, and none can be installed
    """
    if not (program := _find()):
        apt.install(["chromium"], PURPOSE)
        program = _find()
    return program


def _find() -> str | None:
    """Return the path of the first browser on PATH, None when there is none."""
    return next(filter(None, map(shutil.which, NAMES)), None)
