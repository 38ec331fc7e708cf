"""``python3 -m dev tool ruff check …``: one of the linters, from their environment.

So the hooks of ``.pre-commit-config.yaml`` start them: the versions are pinned in one
place, and a commit needs nothing that was set up before.
"""

import os

from dev.machine import linters


def main(arguments: list[str]) -> int:
    """Become the program that `arguments` name; does not return.

    :raises SetupError: the tools could not be installed
    """
    name, *options = arguments
    command, variables = linters.find(name)
    words = [*map(str, command), *options]
    os.execvpe(words[0], words, variables)
