"""``python3 -m dev <command>``: the only way in, used by the Makefile."""

import argparse
import os
import signal
import sys
from importlib import import_module
from pathlib import Path

from dev.machine import cache, venv
from dev.machine.errors import SetupError
from dev.machine.process import say

# Command -> module whose `main(arguments)` does it, and its line of help.
COMMANDS = {
    "demo": ("dev.demo", "two small companies whose reminders go out now"),
    "test": ("dev.run_tests", "all tests; further arguments go to pytest"),
    "test-odoo": ("dev.run_odoo_tests", "Odoo's own suites with the addon"),
    "bench": ("dev.proof.bench.run", "how fast it is, beside Odoo's own reminders"),
    "crash": (
        "dev.proof.crash.run",
        "kills the server while it sends; counts what arrived",
    ),
    "screenshots": ("dev.screenshots", "the documentation's pictures, from the demo"),
    "translations": ("dev.translations", "the texts to translate, and what is left"),
    "lint": ("dev.lint", "style and mistakes; mends what can be"),
    "tool": ("dev.tool", "one of the linters; further arguments go to it"),
}
# They are at home in the linters' environment, not in Odoo's.
LINTING = ("lint", "tool")


def main() -> int:
    """Do what the command line says and return the exit code."""
    parser = argparse.ArgumentParser(prog="python3 -m dev")
    parser.add_argument("command", choices=[*COMMANDS, "clean"])
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="…")
    options = parser.parse_args()
    if options.command == "clean":
        say(f"removed {cache.clear()}")
        return 0
    venv.check_python()
    if options.command not in LINTING:
        _enter(venv.for_running())
    # Without this, ending by `kill` would leave servers and databases behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    return import_module(COMMANDS[options.command][0]).main(options.rest)


def _enter(python: Path) -> None:
    """Go on in the environment of `python`, unless this is it already."""
    if Path(sys.prefix).resolve() != python.parent.parent.resolve():
        os.execv(python, [str(python), "-m", "dev", *sys.argv[1:]])


if __name__ == "__main__":
    try:
        sys.exit(main())
    except SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
