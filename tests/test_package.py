"""The addon as a wheel, for those who install Odoo's addons with pip."""

import shutil
import subprocess
import sys
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

from dev.machine.project import ADDON, ADDON_FOLDER, manifest


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, opened."""
    folder = tmp_path_factory.mktemp("wheel")
    # A copy: what the build leaves behind stays out of the checkout.
    ignored = shutil.ignore_patterns("__pycache__")
    source = shutil.copytree(ADDON_FOLDER, folder / ADDON, ignore=ignored)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
    options = ["--no-build-isolation", "--wheel-dir", folder, source]
    subprocess.run([*command, *options], check=True)
    [file] = folder.glob("*.whl")
    with zipfile.ZipFile(file) as opened:
        yield opened


def test_wheel_is_named_as_the_oca_names_addons(wheel):
    [path] = [name for name in wheel.namelist() if name.endswith("/METADATA")]
    metadata = Parser().parsestr(wheel.read(path).decode())
    assert metadata["Name"] == "odoo-addon-crm_task_reminder"
    assert metadata["Version"] == manifest()["version"]
    needs = " ".join(metadata.get_all("Requires-Dist"))
    assert "phonenumbers" in needs
    assert "odoo==19.0" in needs.replace(" ", "")


def test_wheel_holds_the_whole_addon_and_nothing_else(wheel):
    inside = {name for name in wheel.namelist() if ".dist-info/" not in name}
    files = {
        path.relative_to(ADDON_FOLDER)
        for path in ADDON_FOLDER.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    files.remove(Path("pyproject.toml"))  # for the build alone
    assert inside == {f"odoo/addons/{ADDON}/{file}" for file in files}
    for folder in ("data", "i18n", "migrations", "readme", "static", "views"):
        assert any(name.startswith(f"odoo/addons/{ADDON}/{folder}/") for name in inside)
