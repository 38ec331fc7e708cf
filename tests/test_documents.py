"""The documents: links that lead somewhere, pictures that are there."""

import re

import pytest

from dev import screenshots
from dev.machine.project import ADDON_FOLDER, ROOT

PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
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
    assert pictures >= screenshots.PICTURES.keys()
    text = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    shown = set(re.findall(r"images/([\w-]+)\.png", text)) | screenshots.STORE_NAMES
    assert pictures == shown
