"""Odoo's web client in the dark.

The community edition has the style sheet of a dark screen, but neither the colours for
it nor the switch: those come with the enterprise edition. Here are some colours, put in
where that edition puts its own, and a browser that asks for the dark style sheet.
"""

import base64
import re

from playwright.sync_api import BrowserContext

from dev.machine.project import ADDON
from dev.office.json2 import Json2Client

PATH = f"/{ADDON}/static/dark_palette.scss"
PALETTE = """
$o-webclient-color-scheme: dark;
$o-white: #000;
$o-black: #fff;
$o-gray-100: #1b1d26;
$o-gray-200: #262a36;
$o-gray-300: #3c3e4b;
$o-gray-400: #5a5e6b;
$o-gray-500: #6b707f;
$o-gray-600: #7e8290;
$o-gray-700: #b1b3bc;
$o-gray-800: #d1d1d1;
$o-gray-900: #e4e4e4;
$o-view-background-color: #262a36;
$o-brand-primary: #a99ad1;
$o-theme-text-colors: (
    "success": #5cb85c, "info": #5bc0de, "warning": #f0ad4e, "danger": #ff6b6b
);
"""
LIGHT_SHEET = re.compile(r"/web/assets/[^/]+/web\.assets_web\.min\.css")
# Odoo leads from the unknown version "dark" to the present one.
DARK_SHEET = "/web/assets/dark/web.assets_web_dark.min.css"


def add_colours(client: Json2Client) -> None:
    """Add the colours to the dark style sheet; the light one stays as it is.

    :param client: the administrator
    """
    if client.count("ir.asset", [("path", "=", PATH)]):
        return
    client.create(
        "ir.attachment",
        name="dark_palette.scss",
        url=PATH,
        datas=base64.b64encode(PALETTE.encode()).decode(),
        mimetype="text/scss",
        public=True,
    )
    client.create(
        "ir.asset",
        name="Dark palette",
        bundle="web.assets_web_dark",
        directive="before",
        target="web/static/src/scss/primary_variables.scss",
        path=PATH,
    )


def ask_for(context: BrowserContext, url: str) -> None:
    """Let a browser's context load the dark style sheet instead of the light one.

    :param url: the address of the server
    """
    context.route(LIGHT_SHEET, lambda route: route.continue_(url=url + DARK_SHEET))
