"""Long steps of the set-up say what they do and how far they are."""

import sys
import threading

import pytest

from dev.machine import apt, process, progress
from dev.machine.errors import SetupError
from dev.machine.progress import Phases, Step


def test_step_is_told_at_its_start_and_while_it_lasts(monkeypatch, capsys):
    monkeypatch.setattr(progress, "LOG_SECONDS", 0.01)
    measured = threading.Event()

    def measure() -> str:
        measured.set()
        return "3 of 7 MB"

    with Step("fetching Odoo", measure):
        assert measured.wait(10)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "[dev] fetching Odoo"
    assert lines[1] == "[dev] fetching Odoo: 3 of 7 MB"


def test_short_step_is_one_line_where_there_is_no_terminal(capsys):
    with Step("fetching Odoo", lambda: "3 of 7 MB"):
        pass
    assert capsys.readouterr().err == "[dev] fetching Odoo\n"


def test_step_writes_over_its_line_at_a_terminal(monkeypatch, capsys):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with Step("fetching Odoo", lambda: "3 of 7 MB"):
        pass
    written = capsys.readouterr().err
    assert written.count("\n") == 1
    assert written.endswith("\r\033[K[dev] fetching Odoo: 3 of 7 MB\n")


def test_phases_of_apt():
    phases = Phases(
        {"fetching": "Get:", "setting up": "Setting up "}, 0, r"(\d+) newly"
    )
    assert phases() == ""
    for line in (
        "Reading package lists...",
        "0 upgraded, 2 newly installed",
        "Get:1 a",
    ):
        phases.read(line)
    assert phases() == "fetching 1 of 2"
    for line in ("Get:2 b", "Setting up a (1.0) ...", "Setting up b (1.0) ..."):
        phases.read(line)
    assert phases() == "setting up 2 of 2"


def test_phases_of_pip():
    phases = Phases({"package": "Collecting ", "unpacking": "Inst"}, last="unpacking")
    phases.read("Collecting ruff")
    assert phases() == "package 1", "how many there will be is not known"
    phases.read("Installing collected packages: ruff")
    assert phases() == "unpacking"


def test_download_is_measured_by_the_files(tmp_path):
    (tmp_path / "part").mkdir()
    (tmp_path / "part" / "file").write_bytes(bytes(2_500_000))
    assert progress.size_of(tmp_path, 130_900_000)() == "2 of 130 MB"


def test_modules_are_counted_by_odoos_log(tmp_path):
    log = tmp_path / "odoo.log"
    log.write_text("")
    measure = progress.modules_in(log)
    assert measure() == ""
    stamp = "2026-01-01 10:00:00,000 1 INFO db odoo.modules.loading: "
    lines = ("Loading module base (1/1) ", "Loading module crm (12/38) ", "Module crm")
    log.write_text("".join(f"{stamp}{line}\n" for line in lines))
    assert measure() == "module crm, 12 of 38"


def test_lines_of_a_program_are_handed_over_as_they_come():
    lines: list[str] = []
    command = [sys.executable, "-c", "print('one'); print('two')"]
    process.watch(command, "Counting failed.", lines.append)
    assert lines == ["one\n", "two\n"]
    with pytest.raises(SetupError, match="Counting failed(.|\n)*no space left"):
        process.watch(
            [sys.executable, "-c", "import sys; sys.exit('no space left')"],
            "Counting failed.",
            lines.append,
        )


def test_e09_unpacking_tells_how_many_files(tmp_path, monkeypatch):
    package, told = tmp_path / "package", []
    (package / "DEBIAN").mkdir(parents=True)
    (package / "DEBIAN/control").write_text(
        "Package: small\nVersion: 1\nArchitecture: all\nMaintainer: x\nDescription: x\n"
    )
    (package / "usr").mkdir()
    for number in range(3):
        (package / f"usr/{number}").touch()
    root, scratch = tmp_path / "root", tmp_path / "scratch"
    scratch.mkdir()
    process.run(["dpkg-deb", "-b", package, scratch / "small.deb"], "No package.")

    class Told(Step):
        def __exit__(self, *exception: object) -> None:
            super().__exit__(*exception)
            told.append((self.what, self.measure()))

    monkeypatch.setattr(apt, "Step", Told)
    monkeypatch.setattr(apt, "run", lambda *_arguments, **_options: "")
    suite = object.__new__(apt.Suite)
    suite.purpose = ""
    monkeypatch.setattr(suite, "options", list)
    monkeypatch.setattr(suite, "_told", lambda _field, _packages: ["1000000"])
    suite.unpack(["small"], root, scratch)
    assert (root / "usr/2").exists()
    assert [what for what, _state in told] == ["downloading small", "unpacking small"]
    assert told[1][1].startswith("file "), "the folders count as well"
    assert int(told[1][1].split()[1]) >= 4
