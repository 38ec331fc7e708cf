"""Running other programs: quiet when they succeed, their last words when they fail."""

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from dev.machine.errors import SetupError

LAST_LINES = 25


def say(text: str) -> None:
    """Tell the person at the terminal what is being done (stderr, at once)."""
    print(f"[dev] {text}", file=sys.stderr, flush=True)


def run(
    command: Sequence[str | Path],
    failure: str,
    *,
    cwd: Path | None = None,
    env: dict[str, str] | None = None,
    stdin: str | None = None,
) -> str:
    """Run `command` and return what it wrote on stdout.

    :param failure: the first line of the error, what it means and what to do
    :param stdin: text for its standard input; without it, an empty one
    :raises SetupError: the program is not there or ended with a code other than 0
    """
    words = [str(word) for word in command]
    try:
        done = subprocess.run(
            words,
            cwd=cwd,
            env=env,
            input=stdin or "",
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError as error:
        raise SetupError(f"{failure}\n{error}") from error
    if done.returncode:
        told = tail(done.stdout + done.stderr)
        raise SetupError(f"{failure}\n$ {' '.join(words)}\n{told}")
    return done.stdout


def watch(
    command: Sequence[str | Path],
    failure: str,
    on_line: Callable[[str], None],
    *,
    env: dict[str, str] | None = None,
) -> None:
    """Run `command` as `run` does, and call `on_line` with each line that it writes.

    :param failure: the first line of the error, what it means and what to do
    :raises SetupError: the program is not there or ended with a code other than 0
    """
    words = [str(word) for word in command]
    lines: list[str] = []
    try:
        with subprocess.Popen(
            words,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as process:
            for line in process.stdout:
                lines.append(line)
                on_line(line)
    except OSError as error:
        raise SetupError(f"{failure}\n{error}") from error
    if process.returncode:
        told = tail("".join(lines))
        raise SetupError(f"{failure}\n$ {' '.join(words)}\n{told}")


def tail(text: str, lines: int = LAST_LINES) -> str:
    """Return the last `lines` lines of `text`."""
    return "\n".join(text.strip().splitlines()[-lines:])


def wait_until(
    check: Callable[[], object], seconds: float, pause: float = 0.1
) -> object:
    """Call `check` until it returns something true, at most `seconds` long.

    :param pause: seconds between two calls
    :return: what `check` returned last; false when the time was up
    """
    deadline = time.monotonic() + seconds
    while not (result := check()) and time.monotonic() < deadline:
        time.sleep(pause)
    return result
