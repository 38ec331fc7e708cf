"""A pytest plugin: a test that is skipped, or expected to fail, fails the run.

Much is skipped in silence when something is missing, such as every test of SMS and
every browser test without an HTTP server. Such a run must not look green.
"""

import pytest

_skipped: list[str] = []


def pytest_configure() -> None:
    """Start with an empty list, also when pytest runs twice in a process."""
    _skipped.clear()


def _note(report: pytest.TestReport | pytest.CollectReport) -> None:
    if report.skipped or hasattr(report, "wasxfail"):
        _skipped.append(f"{report.nodeid}: {_reason(report)}")


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    if hasattr(report, "wasxfail"):
        return f"expected to fail {report.wasxfail}"
    told = report.longrepr
    return str(told[2] if isinstance(told, tuple) else told)


pytest_runtest_logreport = _note
pytest_collectreport = _note


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Turn success into failure."""
    if _skipped and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter) -> None:
    """Say why."""
    if _skipped:
        terminalreporter.section("skipped tests fail the run", red=True)
        for line in _skipped:
            terminalreporter.line(line)
