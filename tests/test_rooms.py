"""The order of the addon's rooms, and that what finds a breach of it does find it."""

import pytest

from dev.machine.project import ADDON_FOLDER, ROOT, addons
from tests import rooms

# The addons that have rooms: with few models there are none.
ROOMY = [
    addon.folder
    for addon in addons()
    if any(folder.is_dir() for folder in addon.folder.glob("models/[a-z]*"))
]
LINE = """\
from odoo import fields, models


class Line(models.Model):
    _name = "line"

    reminder_length = fields.Integer()

    def _measure(self):
        return self.reminder_length
"""
LOG = """\
from odoo import fields, models


class Log(models.Model):
    _name = "log"
    _inherit = ["line.mixin", "log"]

    reminder_weight = fields.Integer()


class Book(models.Model):
    _name = "book"
    _inherit = "book.mixin"

    def _weigh(self):
        return self.env["line"]._measure()

    def _measure(self):
        return super()._measure()

    def cancel(self):
        weighed = super(Book, self.sudo())
        return weighed.cancel()
"""
WIZARD = """\
from odoo import models


class Ask(models.TransientModel):
    _name = "ask"

    def _answer(self):
        return self.env["book"]._weigh()
"""


@pytest.fixture
def addon(tmp_path):
    """A tiny addon of three rooms, in order."""
    files = {
        "tools/text.py": "def shorten(text):\n    return text[:1]\n",
        "models/__init__.py": "from . import line, ledger\n",
        "models/line/line.py": LINE,
        "models/ledger/log.py": LOG,
        "wizard/ask.py": WIZARD,
        "tests/test_ask.py": "def test(self):\n    self._answer()\n",
    }
    for name, text in files.items():
        write(tmp_path, name, text)
    return tmp_path


def write(addon, name, text):
    """Write a file of an addon."""
    file = addon / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def plant(addon, code, name="models/line/line.py"):
    """Put a statement into the last method of a file; return its number of lines."""
    text = (addon / name).read_text(encoding="utf-8") + f"        {code}\n"
    write(addon, name, text)
    return text.count("\n")


# ----------------------------------------------------------------------
# This checkout
# ----------------------------------------------------------------------


def test_order_of_the_rooms():
    own = "company", "line", "ledger", "channel", "sending"
    assert rooms.read_order(ADDON_FOLDER) == (rooms.LOWEST, *own, rooms.HIGHEST)


@pytest.mark.parametrize("folder", ROOMY, ids=lambda folder: folder.name)
def test_no_room_uses_a_higher_one(folder):
    below = () if folder == ADDON_FOLDER else (ADDON_FOLDER,)
    assert rooms.find_upward(folder, *below) == []


@pytest.mark.parametrize("folder", ROOMY, ids=lambda folder: folder.name)
def test_every_model_is_in_a_room(folder):
    assert rooms.find_strays(folder) == []
    inhabited = {source.room for source in rooms.read(folder)}
    assert inhabited >= set(rooms.read_order(folder))


@pytest.mark.parametrize(
    "folder",
    [*(addon.folder for addon in addons()), ROOT / "dev", ROOT / "tests"],
    ids=lambda folder: folder.name,
)
def test_files_and_functions_can_be_read_at_once(folder):
    assert rooms.find_long(folder) == []


def test_no_form_is_spelled_out_but_in_its_own_folder():
    assert rooms.find_forms(ADDON_FOLDER) == []


# ----------------------------------------------------------------------
# What would be found
# ----------------------------------------------------------------------


def test_what_is_in_order_is_not_complained_of(addon):
    assert rooms.find_upward(addon) == []
    assert rooms.find_strays(addon) == []
    assert rooms.find_long(addon) == []


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("self._weigh()", "_weigh of ledger"),
        ("self.env['book']", "book of ledger"),
        ("self.env['ask']", "ask of screen"),
        ("self.reminder_weight", "reminder_weight of ledger"),
        ("self.mapped('log_ids.reminder_weight')", "reminder_weight of ledger"),
        ("self.browse()._answer()", "_answer of screen"),
        ("from ..ledger import log", "an import of ledger"),
        ("from ..ledger.log import Log", "an import of ledger"),
        ("from ...wizard import ask", "an import of screen"),
    ],
)
def test_use_of_a_higher_room_is_found(addon, code, what):
    number = plant(addon, code)
    assert rooms.find_upward(addon) == [f"models/line/line.py:{number}: {what}"]


def test_what_a_lower_room_has_too_may_be_meant(addon):
    write(addon, "models/screen/line.py", LINE)
    plant(addon, "self._measure()")
    assert rooms.find_upward(addon) == []


@pytest.mark.parametrize("code", ["self.cancel()", "self.env['log']"])
def test_what_odoo_has_is_no_higher_rooms(addon, code):
    plant(addon, code)
    assert rooms.find_upward(addon) == []


def test_tools_know_no_room(addon):
    write(addon, "tools/text.py", "def shorten(line):\n    return line._measure()\n")
    assert rooms.find_upward(addon) == ["tools/text.py:2: _measure of line"]


@pytest.mark.parametrize("name", ["models/line.py", "models/attic/line.py"])
def test_file_in_no_room_is_found(addon, name):
    write(addon, name, LINE)
    assert rooms.find_strays(addon) == [name]


@pytest.mark.parametrize(
    "name",
    ["wizard/ask.py", "tests/test_ask.py", "views/ask_views.xml", "static/src/ask.xml"],
)
def test_long_file_is_found(addon, name):
    write(addon, name, WIZARD + "\n" * rooms.MAX_FILE)
    length = rooms.MAX_FILE + WIZARD.count("\n")
    assert rooms.find_long(addon) == [f"{name}: {length} lines"]


def test_long_function_is_found(addon):
    body = "        pass\n" * rooms.MAX_FUNCTION
    write(addon, "wizard/ask.py", f"class Ask:\n    def act(self):\n{body}")
    length = rooms.MAX_FUNCTION + 1
    assert rooms.find_long(addon) == [f"wizard/ask.py:2: act, {length} lines"]


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("models/line/line.py", "if self.form == 'pigeon':"),
        ("models/channel/channel.py", 'FORMS = ("pigeon",)'),
        ("wizard/ask.py", 'form = "pigeon"'),
        ("wizard/ask.py", 'form = self.env["crm.task.reminder.channel.pigeon"]'),
        ("views/views.xml", "<field invisible=\"form == 'pigeon'\" />"),
        ("static/src/field.js", "return `pigeon`;"),
    ],
)
def test_form_spelled_out_is_found(addon, name, line):
    write(addon, "models/channel/pigeon/channel_pigeon.py", '_channel = "pigeon"\n')
    write(addon, "data/pigeon.xml", '<record id="pigeon" />\n')
    write(addon, "__manifest__.py", '{"depends": ["pigeon"]}\n')
    write(addon, "views/other.xml", '<field name="carrier_pigeon_id" />\n')
    write(addon, "models/channel/pigeons.py", '"""No ``pigeon``."""\n')
    assert rooms.find_forms(addon) == []
    write(addon, name, f"{line}\n")
    assert rooms.find_forms(addon) == [f"{name}:1: {line}"]


def test_form_in_a_file_beside_its_folder_is_found(addon):
    write(addon, "models/channel/pigeon/channel_pigeon.py", '_channel = "pigeon"\n')
    write(addon, "models/channel/notice/channel_pigeon.py", "")
    [found] = rooms.find_forms(addon)
    assert found.startswith("models/channel/notice/channel_pigeon.py:")
