"""What dev/ does with what is missing or wrong on a machine, and tells about it."""

import os
import subprocess
import sys

import pytest

from dev.machine import apt, cache, chromium, odoo_source, postgres, process, venv
from dev.machine.errors import SetupError
from dev.machine.project import ROOT
from dev.office import odoo_log
from dev.proof import failures


@pytest.fixture
def own_cache(tmp_path, monkeypatch):
    """An empty cache folder for this test alone."""
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def bare_machine(tmp_path, monkeypatch):
    """A machine on whose PATH there is nothing."""
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.mark.parametrize("version", [(3, 9), (3, 10), (3, 14)])
def test_python_that_does_not_fit(monkeypatch, version):
    monkeypatch.setattr(sys, "version_info", (*version, 0, "final", 0))
    with pytest.raises(SetupError, match=r"PYTHON=python3\.11"):
        venv.check_python()


def test_command_line_tells_what_is_wrong_without_a_traceback(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "dev", "test"],
        cwd=ROOT,
        env={**os.environ, odoo_source.VARIABLE: str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "is not a checkout of Odoo" in done.stderr
    assert "Traceback" not in done.stderr


def test_odoo_home_of_another_version(tmp_path, monkeypatch):
    for folder in ("addons", "odoo/addons"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "odoo-bin").touch()
    release = tmp_path / "odoo" / "release.py"
    release.write_text("version_info = (18, 0, 0, 'final', 0, '')")
    monkeypatch.setenv(odoo_source.VARIABLE, str(tmp_path))
    with pytest.raises(SetupError, match=r"is not Odoo 19\.0"):
        odoo_source.find()
    release.write_text("version_info = (19, 0, 0, 'final', 0, '')")
    found = odoo_source.find()
    assert found.python_path == tmp_path
    assert found.addons == (tmp_path / "addons", tmp_path / "odoo" / "addons")


@pytest.mark.usefixtures("own_cache", "bare_machine")
def test_machine_without_apt(monkeypatch):
    monkeypatch.delenv(odoo_source.VARIABLE, raising=False)
    with pytest.raises(SetupError, match="no apt-get.*ODOO_HOME"):
        odoo_source.find()
    with pytest.raises(SetupError, match="apt-get install chromium"):
        chromium.ensure()


@pytest.mark.usefixtures("own_cache")
def test_machine_without_network(monkeypatch):
    # Port 9 of this machine: nobody listens, as with a cable unplugged.
    monkeypatch.setattr(apt, "debian_mirror", lambda _purpose: "http://127.0.0.1:9/")
    monkeypatch.delenv(odoo_source.VARIABLE, raising=False)
    monkeypatch.setattr(apt, "RETRIES", 0)
    with pytest.raises(SetupError, match=r"Is there a network\?.*ODOO_HOME"):
        odoo_source.find()


def test_postgres_that_does_not_answer(monkeypatch):
    monkeypatch.setenv("PGHOST", "127.0.0.1")
    monkeypatch.setenv("PGPORT", "9")
    with pytest.raises(SetupError, match="unset PGHOST"):
        postgres.start()


def test_cache_folder_that_cannot_be_made(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "file" / "cache"))
    with pytest.raises(SetupError, match=cache.VARIABLE):
        cache.folder()


def test_cache_folder_follows_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    monkeypatch.delenv(cache.VARIABLE, raising=False)
    assert cache.folder() == tmp_path / "xdg" / "crm_task_reminder"


def test_what_is_built_appears_whole_or_not_at_all(tmp_path):
    target = tmp_path / "thing"
    with pytest.raises(ZeroDivisionError), cache.building(target) as scratch:
        (scratch / "half").touch()
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []
    with cache.building(target) as scratch:
        (scratch / "whole").touch()
    assert [path.name for path in target.iterdir()] == ["whole"]


def test_failure_of_a_program_shows_its_last_words():
    command = [sys.executable, "-c", "import sys; sys.exit('no space left')"]
    with pytest.raises(SetupError, match="Copying failed(.|\n)*no space left"):
        process.run(command, "Copying failed.")


def test_log_tells_warnings_but_not_the_harmless_ones(tmp_path):
    log = tmp_path / "odoo.log"
    stamp = "2026-01-01 10:00:00,000 1"
    log.write_text(
        f"{stamp} INFO db odoo.modules: fine\n"
        f"{stamp} WARNING ? odoo.service.db: no pg_trgm here\n"
        f"{stamp} ERROR db odoo.sql_db: bad query\nTraceback\n"
        f"{stamp} INFO db odoo.modules: fine\nmore\n"
    )
    assert odoo_log.problems(log) == [
        f"{stamp} ERROR db odoo.sql_db: bad query\nTraceback"
    ]


def test_skipped_test_fails_the_run(tmp_path):
    test = "import pytest\ndef test_one(): pytest.skip('no browser')\n"
    (tmp_path / "test_it.py").write_text(test)
    plugins = ["-p", "dev.proof.no_skips", "-p", "no:odoo", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *plugins, "--rootdir", tmp_path, tmp_path],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "no browser" in done.stdout
    assert "1 skipped" in done.stdout.splitlines()[-1]


def test_failures_of_all_runs_are_told_at_the_end(tmp_path, capsys):
    plugins = ["-p", "dev.proof.failures", "-p", "no:odoo", "-p", "no:cacheprovider"]
    for name in ("one", "two"):
        file = tmp_path / f"test_{name}.py"
        file.write_text(f"def test_it(): assert not '{name}'\ndef test_other(): pass\n")
        subprocess.run(
            [sys.executable, "-m", "pytest", *plugins, "--rootdir", tmp_path, file],
            cwd=ROOT,
            env={**os.environ, failures.VARIABLE: str(tmp_path)},
            capture_output=True,
            check=False,
        )
    failures.tell(tmp_path)
    told = capsys.readouterr().err
    assert "test_one.py::test_it: AssertionError: assert not 'one'" in told
    assert "test_two.py::test_it: AssertionError: assert not 'two'" in told
    assert "test_other" not in told
