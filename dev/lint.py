"""``make lint``: the hooks of ``.pre-commit-config.yaml`` on all files git knows."""

import os
import shutil
import subprocess

from dev.machine import cache, linters, venv
from dev.machine.errors import SetupError
from dev.machine.project import ROOT


def main(arguments: list[str]) -> int:
    """Run the hooks, also after one that fails; return 0 when all are clean.

    :param arguments: the name of one hook, none for all; or options of pre-commit
    :raises SetupError: the tools could not be installed, or this is no checkout
    """
    if not (shutil.which("git") and (ROOT / ".git").exists()):
        raise SetupError(
            "The checks ask git which files there are: this needs git (apt-get install "
            "git) and a checkout made by git clone."
        )
    programs = venv.for_linting().parent
    linters.find("prettier")  # a hook would install it in silence
    command = [programs / "pre-commit", "run", "--all-files"]
    variables = {
        **os.environ,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PRE_COMMIT_HOME": str(cache.folder("pre-commit")),
        # In a container the checkout may belong to the user outside of it.
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "safe.directory",
        "GIT_CONFIG_VALUE_0": str(ROOT),
    }
    words = [*map(str, command), *arguments]
    return subprocess.run(words, cwd=ROOT, env=variables, check=False).returncode
