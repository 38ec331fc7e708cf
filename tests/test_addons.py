"""Several addons in one checkout: found, and tested each where it belongs."""

import multiprocessing
import shutil
import signal
import sys

import pytest

from dev import run_tests
from dev.machine import project
from dev.machine.project import ADDON


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A checkout with the addon, two others, and a folder that is no addon."""
    main = {"depends": ["crm", "another"]}
    glue = {"depends": [ADDON, "sms_twilio"], "auto_install": True}
    for name, manifest in ((ADDON, main), ("glue", glue), ("another", {})):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__manifest__.py").write_text(repr(manifest))
    (tmp_path / "glue" / "tests").mkdir()
    (tmp_path / "docs").mkdir()
    monkeypatch.setattr(project, "ROOT", tmp_path)
    monkeypatch.setattr(project, "ADDON_FOLDER", tmp_path / ADDON)
    return tmp_path


def test_addons_are_found_and_the_main_one_comes_first(checkout):
    assert [addon.name for addon in project.addons()] == [ADDON, "another", "glue"]
    tests = [addon.tests for addon in project.addons()]
    assert tests == [None, None, checkout / "glue" / "tests"]


@pytest.mark.usefixtures("checkout")
def test_main_database_has_nothing_that_only_others_need():
    assert project.base_modules() == ("crm",)


def test_tests_of_other_addons_run_apart(checkout):
    inside, outside = checkout / ADDON / "tests", checkout / "tests"
    for folder in (inside, outside):
        folder.mkdir()
    further = checkout / "glue" / "tests"
    assert run_tests.plan() == ([inside], [outside], [further])


def test_one_addon_has_no_run_of_further_ones(checkout):
    shutil.rmtree(checkout / "glue")
    (checkout / ADDON / "tests").mkdir()
    assert run_tests.plan()[2] == []


@pytest.mark.parametrize(
    ("codes", "code"),
    [
        ([0], 0),
        ([1], 1),
        ([5], 5),  # nothing was chosen
        ([0, 0], 0),
        ([0, 1], 1),
        ([2, 0], 2),
        ([0, 5], 0),
        ([5, 0], 0),
        ([5, 1], 1),
        ([5, 5], 5),
        ([-9, 0], -9),
    ],
)
def test_worse_run_decides(codes, code):
    assert run_tests.worst(codes) == code


def test_what_runs_beside_tells_its_exit_code():
    with run_tests.beside(lambda: sys.exit(3)) as other:
        pass
    assert other.exitcode == 3


def test_what_runs_beside_ends_with_what_it_runs_beside():
    def wait():
        # Odoo, in whose process this test runs, has put a handler of its own there.
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        has_begun.set()
        multiprocessing.Event().wait()

    has_begun = multiprocessing.Event()
    with pytest.raises(KeyError), run_tests.beside(wait) as other:
        assert has_begun.wait(60)
        raise KeyError
    assert other.exitcode == -signal.SIGTERM
