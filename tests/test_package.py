"""The addons as wheels, for those who install Odoo's addons with pip."""

import shutil
import subprocess
import sys
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

from dev.machine.project import addons, main_addon


@pytest.fixture(scope="module", params=addons(), ids=lambda addon: addon.name)
def addon(request):
    """One addon of this checkout."""
    return request.param


@pytest.fixture(scope="module")
def wheel(addon, tmp_path_factory):
    """The addon's wheel, opened."""
    folder = tmp_path_factory.mktemp("wheel")
    # A copy: what the build leaves behind stays out of the checkout.
    ignored = shutil.ignore_patterns("__pycache__")
    source = shutil.copytree(addon.folder, folder / addon.name, ignore=ignored)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
    options = ["--no-build-isolation", "--wheel-dir", folder, source]
    subprocess.run([*command, *options], check=True)
    [file] = folder.glob("*.whl")
    with zipfile.ZipFile(file) as opened:
        yield opened


def test_wheel_is_named_as_the_oca_names_addons(addon, wheel):
    [path] = [name for name in wheel.namelist() if name.endswith("/METADATA")]
    metadata = Parser().parsestr(wheel.read(path).decode())
    assert metadata["Name"] == f"odoo-addon-{addon.name}"
    assert metadata["Version"] == addon.manifest["version"]
    needs = " ".join(metadata.get_all("Requires-Dist"))
    for package in addon.manifest.get("external_dependencies", {}).get("python", []):
        assert package in needs
    for other in {known.name for known in addons()} & {*addon.manifest["depends"]}:
        assert f"odoo-addon-{other}" in needs
    assert "odoo==19.0" in needs.replace(" ", "")


def test_wheel_holds_the_whole_addon_and_nothing_else(addon, wheel):
    inside = {name for name in wheel.namelist() if ".dist-info/" not in name}
    files = {
        path.relative_to(addon.folder)
        for path in addon.folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    files.remove(Path("pyproject.toml"))  # for the build alone
    assert inside == {f"odoo/addons/{addon.name}/{file}" for file in files}
    if addon == main_addon():
        folders = {path.parts[0] for path in files}
        assert folders >= {"data", "i18n", "migrations", "readme", "static", "views"}
