"""The documents: links that lead somewhere, pictures that are there."""

import re

import pytest

from odoo.addons.crm_task_reminder.tools.outcomes import REASONS

from dev import screenshots
from dev.machine.project import ADDON_FOLDER, ROOT, addons
from dev.pictures import smsapi

PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
REQUIREMENTS = ROOT / "docs" / "requirements.md"
TESTS = [
    file
    for folder in (*(addon.folder / "tests" for addon in addons()), ROOT / "tests")
    for file in folder.glob("test_*.py")
]
STORE_PAGE = ADDON_FOLDER / "static" / "description" / "index.html"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files(page):
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8"))
    local = [link for link in links if "://" not in link]
    missing = [link for link in local if not (page.parent / link).exists()]
    assert not missing


def test_the_store_page_has_its_pictures():
    sources = re.findall(r'src="([^"]+)"', STORE_PAGE.read_text(encoding="utf-8"))
    assert {source.removesuffix(".png") for source in sources} == (
        screenshots.STORE_NAMES
    )
    for source in [*sources, "icon.png", "icon.svg"]:
        assert (STORE_PAGE.parent / source).exists(), source


def test_every_picture_is_there_and_shown():
    pictures = {file.stem for file in screenshots.FOLDER.glob("*.png")}
    assert pictures >= screenshots.PICTURES.keys() | smsapi.PICTURES.keys()
    text = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    shown = set(re.findall(r"images/([\w-]+)\.png", text)) | screenshots.STORE_NAMES
    assert pictures == shown


def test_each_addon_shows_its_own_pictures():
    """Those of `make screenshots`, by an address that Odoo and a forge both know."""
    for name, picture in smsapi.PICTURES.items():
        for addon in picture.addons:
            path = f"/{addon}/static/description/{name}.png"
            assert (ROOT / path.lstrip("/")).exists(), path
            readme = (ROOT / addon / "README.rst").read_text(encoding="utf-8")
            assert f".. image:: {path}" in readme


def test_each_requirement_is_told_and_shown():
    shown = {}
    for file in TESTS:
        names = re.findall(r"def test_((?:r\d\d_)+)", file.read_text(encoding="utf-8"))
        for number in re.findall(r"\d\d", "".join(names)):
            shown.setdefault(int(number), set()).add(file.stem)
    page = REQUIREMENTS.read_text(encoding="utf-8")
    _introduction, *sections = re.split(r"^## R(\d+): ", page, flags=re.MULTILINE)
    numbers = [int(number) for number in sections[::2]]
    assert numbers == list(range(1, 22))
    assert sorted(shown) == numbers
    for number, text in zip(numbers, sections[1::2], strict=True):
        named = set(re.findall(r"`(test_\w+)`", text))
        assert named == shown[number], number


def test_every_reason_is_explained():
    """Each of them as the log says it, in the first column of the table."""
    text = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    _before, _title, rest = text.partition("## What each reason means")
    section, *_others = rest.split("\n## ")
    lines = section.splitlines()
    rows = [line.split(" | ")[0] for line in lines if line.startswith("| ")]
    explained = [one.strip() for row in rows[2:] for one in row.strip("| ").split("; ")]
    assert sorted(explained) == sorted(words for _code, words in REASONS)


def test_files_are_where_the_page_about_the_inside_says():
    text = (ROOT / "docs" / "how-it-works.md").read_text(encoding="utf-8")
    _before, _title, rest = text.partition("## Where what is")
    room = ""
    missing = []
    for row in re.findall(r"^\|(.*?)\|(.*?)\|", rest, re.MULTILINE)[2:]:
        room = row[0].strip("`| ") or room
        folder = ADDON_FOLDER / "models" / room
        names = [name for name in re.findall("`([^`]+)`", row[1]) if "…" not in name]
        missing += [folder / name for name in names if not (folder / name).exists()]
    assert (room, missing) == ("../tools/", [])
