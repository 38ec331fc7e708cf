"""Debian's package manager: installing what the machine lacks, and downloading
packages of another suite without touching the machine's own lists.
"""

import os
import shutil
from functools import cache as once
from pathlib import Path

from dev.machine import cache
from dev.machine.errors import SetupError
from dev.machine.process import run, watch
from dev.machine.progress import Phases, Step, size_of

RETRIES = 3
# What `apt-get install` writes, a line for each package.
PHASES = {"fetching": "Get:", "unpacking": "Unpacking ", "setting up": "Setting up "}
TOTAL = r"(\d+) newly installed"
KEYRINGS = (
    "/usr/share/keyrings/debian-archive-keyring.gpg",
    "/usr/share/keyrings/debian-archive-keyring.pgp",
)


def require_apt(purpose: str) -> None:
    """Make sure that this is a machine with apt.

    :param purpose: what apt is wanted for, and how to do without it
    :raises SetupError: it has none
    """
    if not (shutil.which("apt-get") and shutil.which("dpkg")):
        raise SetupError(f"This machine has no apt-get. {purpose}")


def install(packages: list[str], purpose: str) -> None:
    """Install Debian packages, as root or with a sudo that asks for no password.

    :param purpose: what they are needed for
    :raises SetupError: neither root nor sudo, no apt, or apt failed
    """
    names = " ".join(packages)
    advice = f"{purpose} Install it by hand: apt-get install {names}"
    require_apt(advice)
    prefix = _root_prefix()
    if prefix is None:
        raise SetupError(f"{advice} (as root)")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    apt = [*prefix, "apt-get", "-q"]
    # The lists of a fresh machine are empty, those of an old one out of date.
    with Step("reading Debian's lists of packages"):
        run([*apt, "update"], f"apt-get update failed. {advice}", env=env)
    phases = Phases(PHASES, total_pattern=TOTAL)
    with Step(f"installing {names}", phases):
        watch(
            [*apt, "-y", "--no-install-recommends", "install", *packages],
            f"apt-get install failed. {advice}",
            phases.read,
            env=env,
        )


def _root_prefix() -> list[str] | None:
    """Return what to put before a command that needs root, None when there is none."""
    if os.geteuid() == 0:
        return []
    try:
        run(["sudo", "-n", "true"], "sudo asks for a password")
    except SetupError:
        return None
    return ["sudo", "-n"]


class Suite:
    """One Debian suite, in a private apt configuration in the cache folder."""

    def __init__(self, name: str, purpose: str):
        """Prepare the configuration; nothing is downloaded yet.

        :param name: the suite, such as ``sid``
        :param purpose: what it is needed for, and how to do without it
        :raises SetupError: no apt, or no Debian mirror in the machine's sources
        """
        require_apt(purpose)
        self.name = name
        self.purpose = purpose
        self.home = cache.folder("apt", name)
        for part in ("lists/partial", "cache/archives/partial"):
            (self.home / part).mkdir(parents=True, exist_ok=True)
        keyring = next((path for path in KEYRINGS if Path(path).exists()), None)
        signed = f"[signed-by={keyring}] " if keyring else ""
        line = f"deb {signed}{debian_mirror(purpose)} {name} main\n"
        (self.home / "sources.list").write_text(line, encoding="utf-8")

    def options(self) -> list[str]:
        """Return the options that make apt use this configuration and no other."""
        settings = {
            "Dir::Etc::SourceList": self.home / "sources.list",
            "Dir::Etc::SourceParts": "/dev/null",
            "Dir::State::Lists": self.home / "lists",
            "Dir::Cache": self.home / "cache",
            "Acquire::Languages": "none",
            # Only root could switch to apt's own user, who may not read the cache.
            "APT::Sandbox::User": "root",
            "Acquire::Retries": RETRIES,
        }
        return [f"-o{key}={value}" for key, value in settings.items()]

    def update(self) -> None:
        """Fetch the suite's signed list of packages.

        :raises SetupError: no network, or a signature that does not verify
        """
        with Step(f"reading the list of packages of Debian {self.name}"):
            run(
                ["apt-get", *self.options(), "-q", "--error-on=any", "update"],
                f"Debian's suite {self.name} could not be read. Is there a network? "
                f"{self.purpose}",
            )

    def version(self, package: str) -> str:
        """Return the version of `package` in the suite.

        :raises SetupError: the suite does not have it
        """
        return self._told("Version", [package])[0]

    def _told(self, field: str, packages: list[str]) -> list[str]:
        """Return what the suite's list says in a field, for each package.

        :raises SetupError: the suite does not have one of them
        """
        names = ", ".join(packages)
        text = run(
            ["apt-cache", *self.options(), "show", "--no-all-versions", *packages],
            f"Debian's suite {self.name} does not have all of {names}. {self.purpose}",
        )
        values = [
            line.split(":", 1)[1].strip()
            for line in text.splitlines()
            if line.startswith(f"{field}:")
        ]
        if len(values) != len(packages):
            raise SetupError(f"apt tells no {field} of {names}. {self.purpose}")
        return values

    def unpack(self, packages: list[str], root: Path, scratch: Path) -> None:
        """Download `packages`, check their hashes, unpack them into the folder `root`.

        Nothing is installed: no scripts run, no dependencies come along.

        :param scratch: an empty folder for the downloaded files
        :raises SetupError: a download failed, or a file is not what was signed
        """
        total = sum(map(int, self._told("Size", packages)))
        with Step(f"downloading {packages[0]}", size_of(scratch, total)):
            run(
                ["apt-get", *self.options(), "-q", "download", *packages],
                f"Downloading {', '.join(packages)} failed. {self.purpose}",
                cwd=scratch,
            )
        unpacked = Phases({"file": ""})
        with Step(f"unpacking {packages[0]}", unpacked):
            for file in sorted(scratch.glob("*.deb")):
                failure = f"{file.name} could not be unpacked."
                watch(["dpkg-deb", "-X", file, root], failure, unpacked.read)


@once
def debian_mirror(purpose: str) -> str:
    """Return the address of the Debian mirror that this machine itself uses.

    :raises SetupError: its apt sources name none
    """
    codename = _os_release().get("VERSION_CODENAME", "")
    # --no-release-info: also where `apt-get update` has never been run.
    text = run(
        [
            "apt-get",
            "indextargets",
            "--no-release-info",
            "--format",
            "$(REPO_URI)|$(RELEASE)|$(COMPONENT)",
            "Created-By: Packages",
        ],
        f"apt-get cannot read this machine's apt sources. {purpose}",
    )
    for line in text.splitlines():
        address, release, component = line.split("|")
        if component == "main" and release in (codename, "sid", "unstable"):
            return address
    raise SetupError(
        f"The apt sources of this machine name no Debian mirror. {purpose}"
    )


def _os_release() -> dict[str, str]:
    """Return what /etc/os-release says; empty for a machine that is no Debian."""
    try:
        text = Path("/etc/os-release").read_text(encoding="utf-8")
    except OSError:
        return {}
    pairs = (line.partition("=") for line in text.splitlines() if "=" in line)
    found = {key: value.strip('"') for key, _equals, value in pairs}
    return found if found.get("ID") == "debian" else {}
