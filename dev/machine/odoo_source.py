"""Where Odoo 19 comes from: the user's own checkout, else Debian's package.

The package is unpacked into the cache, not installed: its dependencies would want
another Python than this machine's.
"""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from dev.machine import apt, cache
from dev.machine.errors import SetupError

VARIABLE = "ODOO_HOME"
PACKAGE, SUITE = "odoo-19", "sid"
PURPOSE = f"Set {VARIABLE} to a checkout of Odoo 19 to do without Debian's package."

# What the links inside the package point to. jQuery is needed by every page.
LINKED_PACKAGES = (
    "fonts-font-awesome",
    "fonts-glyphicons-halflings",
    "fonts-inconsolata",
    "fonts-montserrat",
    "fonts-ocr-b",
    "fonts-roboto-unhinted",
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
)

# Named in the web client's bundle, but not shipped by Debian (not free). Pages work
# without; browser tests see a file that is not found and fail.
NOT_SHIPPED = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"


@dataclass(frozen=True)
class OdooSource:
    """An Odoo 19 on this machine, ready to run."""

    python_path: Path  # the folder to put on PYTHONPATH
    launcher: Path  # the script that starts the server
    addons: tuple[Path, ...]  # the folders of Odoo's own modules
    version: str  # changes whenever databases must be built anew


def find() -> OdooSource:
    """Return the Odoo to use; download it if there is none yet.

    :raises SetupError: ODOO_HOME is not an Odoo 19, or the download failed
    """
    if home := os.environ.get(VARIABLE):
        return _from_checkout(Path(home).expanduser().absolute())
    return _from_debian()


def _from_checkout(home: Path) -> OdooSource:
    """Return the Odoo in the user's own checkout.

    :raises SetupError: the folder is not a checkout of Odoo 19
    """
    addons = (home / "addons", home / "odoo" / "addons")
    launcher = home / "odoo-bin"
    if not (launcher.is_file() and all(folder.is_dir() for folder in addons)):
        raise SetupError(
            f"{VARIABLE}={home} is not a checkout of Odoo: it has no odoo-bin, addons/ "
            "or odoo/addons/."
        )
    release = (home / "odoo" / "release.py").read_text(encoding="utf-8")
    if "version_info = (19, 0," not in release:
        raise SetupError(f"{VARIABLE}={home} is not Odoo 19.0 (see odoo/release.py).")
    return OdooSource(home, launcher, addons, f"{home} {_revision(home)}")


def _revision(home: Path) -> str:
    """Return the commit of a git checkout, an empty text when it is none."""
    command = ["git", "-C", str(home), "rev-parse", "HEAD"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout.strip()


def _from_debian() -> OdooSource:
    """Return the newest package unpacked in the cache; fetch one if there is none."""
    with cache.lock("odoo.lock"):
        root = _unpacked() or _fetch()
    packages = root / "usr/lib/python3/dist-packages"
    # Only this folder: its twin dist-packages/addons is a partial copy.
    addons = (packages / "odoo" / "addons",)
    return OdooSource(packages, root / "usr/bin/odoo", addons, root.name)


def _unpacked() -> Path | None:
    """Return the Odoo last unpacked, None when there is none."""
    found = cache.folder("odoo").glob(f"{PACKAGE}_*")
    return max(found, key=lambda path: path.stat().st_mtime, default=None)


def _fetch() -> Path:
    """Download the package and those it links to, unpack them, mend the rest.

    :raises SetupError: no network, no apt, or the package is not what is expected
    """
    suite = apt.Suite(SUITE, PURPOSE)
    suite.update()
    target = cache.folder("odoo") / f"{PACKAGE}_{suite.version(PACKAGE)}"
    with cache.building(target) as root:
        scratch = root / "downloads"
        scratch.mkdir()
        suite.unpack([PACKAGE, *LINKED_PACKAGES], root, scratch)
        shutil.rmtree(scratch)
        addons = root / "usr/lib/python3/dist-packages/odoo/addons"
        (addons / NOT_SHIPPED).parent.mkdir(parents=True, exist_ok=True)
        (addons / NOT_SHIPPED).touch()
        _drop_dead_links(addons)
    return target


def _drop_dead_links(addons: Path) -> None:
    """Remove the links to fonts that Debian's newer font packages no longer hold.

    They are older formats of fonts that are there in a newer one.

    :raises SetupError: a link to something else than a font leads nowhere
    """
    dead = [
        path for path in addons.rglob("*") if path.is_symlink() and not path.exists()
    ]
    scripts = [str(path) for path in dead if path.suffix == ".js"]
    if scripts:
        raise SetupError(
            "Debian moved files that Odoo's package links to: "
            f"{', '.join(scripts)}\nName their package in dev/machine/odoo_source.py. "
            f"{PURPOSE}"
        )
    for path in dead:
        path.unlink()
