"""An office that has worked with a former version of the addon, and its upgrade.

`data/crm_task_reminder-VERSION.zip` is such a version: the addon's folder as it was,
without its tests, pictures and what else an upgrade does not look at. The first had
neither pictures nor translations. They were made by

    git archive --format=zip -9 -o tests/data/crm_task_reminder-19.0.1.0.0.zip \\
        d7f99e0 crm_task_reminder ':!crm_task_reminder/tests'
    git archive --format=zip -9 -o tests/data/crm_task_reminder-19.0.1.1.0.zip \\
        81cecba crm_task_reminder ':!crm_task_reminder/tests' \\
        ':!crm_task_reminder/static' ':!crm_task_reminder/readme' \\
        ':!crm_task_reminder/i18n/*.pot' ':!crm_task_reminder/i18n/de.po'
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from dev.machine.project import ADDON
from dev.office import database, environment
from dev.office.environment import Environment
from dev.office.mailbox import Mailbox
from dev.office.odoo_shell import run_inside
from dev.office.sms_gateway import SmsGateway

FIRST, SECOND = "19.0.1.0.0", "19.0.1.1.0"
REFUSED = "+48600999999"


def unpack(version: str, folder: Path) -> Environment:
    """Return an environment with a former version of the addon and no other addon.

    :param folder: an empty one, where it is unpacked
    """
    file = Path(__file__).parent / "data" / f"{ADDON}-{version}.zip"
    shutil.unpack_archive(file, folder)
    return replace(environment.ready(), addons=folder)


def update(name: str, module: str = ADDON) -> None:
    """Update the addon to the present version, without a warning from Odoo."""
    present = environment.ready()
    found = database.install(present, name, (module,), demo=False, update=True)
    assert found == []


@dataclass
class UpgradedOffice:
    """The database of an office, and what arrived from it."""

    former: Environment
    name: str
    mailbox: Mailbox
    gateway: SmsGateway

    def use_former(self, script: str) -> dict:
        """Install the former version and let the office work with it.

        :return: what `script` put into its result
        """
        database.install(self.former, self.name, (ADDON,), demo=False)
        self.gateway.states[REFUSED] = "wrong_number_format"
        self.mailbox.refused["refused@customer.example"] = "550 5.1.1 No such user"
        used = run_inside(
            self.former,
            self.name,
            script,
            gateway=self.gateway.url,
            host=self.mailbox.host,
            port=self.mailbox.port,
            refused=REFUSED,
        )
        self.gateway.clear()
        self.mailbox.clear()
        return used

    def run(self, script: str) -> dict:
        """Run a script with the present version; return its result."""
        return run_inside(environment.ready(), self.name, script)


@contextmanager
def office_of(version: str, folder: Path) -> Iterator[UpgradedOffice]:
    """Give an office that is to have a former version of the addon.

    :param folder: an empty one
    """
    present = environment.ready()
    with (
        database.copied(present, database.base(present, demo=False)) as name,
        Mailbox() as mailbox,
        SmsGateway() as gateway,
    ):
        yield UpgradedOffice(unpack(version, folder), name, mailbox, gateway)


def without_new_templates(table: str, before: list[dict], after: list[dict]) -> list:
    """Return the rows of a table without the templates that the upgrade has added."""
    if table not in ("mail_template", "sms_template"):
        return after
    former = {row["id"] for row in before}
    return [row for row in after if row["id"] in former]


def expect_attempts(table: str, row: dict) -> dict:
    """Return a row as it is after the upgrade: what waits has a number of attempts."""
    is_waiting = table == "crm_task_reminder_log" and row["state"] == "queued"
    if is_waiting and row.get("attempt_count") == "None":
        return {**row, "attempt_count": "0"}
    return row
