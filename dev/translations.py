"""``make translations``: the texts to translate, exported by Odoo, and the languages.

The template (``.pot``) is written anew. Each language keeps its translations, gets the
new texts and loses those that are gone; what is left to translate is listed.
"""

import tempfile
from pathlib import Path

import polib

from dev.machine.process import run, say
from dev.machine.project import ADDON, ADDON_FOLDER
from dev.office import database, environment
from dev.office.environment import Environment

FOLDER = ADDON_FOLDER / "i18n"
TEMPLATE = FOLDER / f"{ADDON}.pot"
LANGUAGES = ("pl", "de")

# A run that finds nothing new is to change nothing.
DATES = ("POT-Creation-Date", "PO-Revision-Date")


def main(_arguments: list[str]) -> int:
    """Refresh the files and return how many texts have no translation, at most 1.

    :raises SetupError: something is missing, or the addon does not install cleanly
    """
    ready = environment.ready()
    database.drop_abandoned(ready)
    with database.with_addon(ready, demo=False) as name:
        template = export(ready, name)
    FOLDER.mkdir(exist_ok=True)
    template.save(str(TEMPLATE))
    gaps = 0
    for language in LANGUAGES:
        translated = merge(template, FOLDER / f"{language}.po")
        left = [*translated.untranslated_entries(), *translated.fuzzy_entries()]
        gaps += len(left)
        say(f"{language}: {len(translated)} texts, {len(left)} to translate")
        for entry in left:
            print(f"{language}: {entry.msgid}")
    return int(bool(gaps))


def export(ready: Environment, name: str) -> polib.POFile:
    """Return the texts of the addon as it is installed in the database `name`.

    :raises SetupError: Odoo could not export them
    """
    with tempfile.TemporaryDirectory() as folder:
        config = ready.write_config(Path(folder) / "odoo.conf", log_level="warn")
        file = Path(folder) / TEMPLATE.name
        run(
            ready.command(
                *("i18n", "export", "-c", config, "-d", name),
                *("-l", "pot", "-o", file, ADDON),
            ),
            "Odoo could not export the texts of the addon.",
            env=ready.variables(),
        )
        template = polib.pofile(str(file))
    for date in DATES:
        template.metadata.pop(date, None)
    return template


def merge(template: polib.POFile, file: Path) -> polib.POFile:
    """Bring the translations in `file` up to `template`, write and return them.

    :param file: a ``.po`` file named after its language; made when it is not there
    """
    if file.exists():
        translated = polib.pofile(str(file))
    else:
        translated = polib.POFile()
        translated.metadata = {**template.metadata, "Language": file.stem}
    translated.header = f"Translation of the addon {ADDON}: {file.stem}"
    translated.merge(template)
    for entry in translated.obsolete_entries():
        translated.remove(entry)
    order = {entry.msgid: number for number, entry in enumerate(template)}
    translated.sort(key=lambda entry: order[entry.msgid])
    translated.save(str(file))
    return translated
