"""The folder outside the checkout in which everything downloaded and built is kept.

Several checkouts may use it at the same time, so whoever builds something takes a lock
and puts the finished thing in place with one rename.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dev.machine.errors import SetupError
from dev.machine.project import ADDON

VARIABLE = "CRM_TASK_REMINDER_CACHE"


def folder(*parts: str) -> Path:
    """Return the cache folder, or a folder in it, created if it is not there.

    :raises SetupError: the folder cannot be made
    """
    if own := os.environ.get(VARIABLE):
        base = Path(own).expanduser().absolute()
    else:
        xdg = os.environ.get("XDG_CACHE_HOME")
        base = (Path(xdg) if xdg else Path.home() / ".cache") / ADDON
    path = base.joinpath(*parts)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SetupError(
            f"The cache folder {path} cannot be made: {error}.\n"
            f"Set {VARIABLE} to a folder you may write to."
        ) from error
    return path


@contextmanager
def lock(name: str) -> Iterator[None]:
    """Hold the lock `name`; wait as long as another process holds it."""
    # The kernel lets go of a flock when its process dies: no stale locks.
    with open(folder("locks") / name, "w", encoding="utf-8") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@contextmanager
def building(target: Path) -> Iterator[Path]:
    """Give an empty folder that becomes `target` when the block ends without error."""
    scratch = Path(tempfile.mkdtemp(prefix=".building-", dir=target.parent))
    scratch.chmod(0o755)
    try:
        yield scratch
        scratch.rename(target)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def clear() -> Path:
    """Delete the cache folder and return where it was."""
    path = folder()
    shutil.rmtree(path, ignore_errors=True)
    return path
