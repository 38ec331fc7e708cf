"""``make translations``: the texts to translate, exported by Odoo, and the languages.

For each addon the template (``.pot``) is written anew. Each language keeps its
translations, gets the new texts and loses those that are gone; what is left to
translate is listed.
"""

import tempfile
from pathlib import Path

import polib

from dev.machine.process import run, say
from dev.machine.project import Addon, further_addons, main_addon
from dev.office import database, environment
from dev.office.environment import Environment

LANGUAGES = ("pl", "de")

# A run that finds nothing new is to change nothing.
DATES = ("POT-Creation-Date", "PO-Revision-Date")


def template_of(addon: Addon) -> Path:
    """Return the file with the texts of `addon` that are to be translated."""
    return addon.folder / "i18n" / f"{addon.name}.pot"


def language_of(addon: Addon, language: str) -> Path:
    """Return the file with the translations of `addon` into `language`."""
    return addon.folder / "i18n" / f"{language}.po"


def main(_arguments: list[str]) -> int:
    """Refresh the files and return how many texts have no translation, at most 1.

    :raises SetupError: something is missing, or an addon does not install cleanly
    """
    ready = environment.ready()
    database.drop_abandoned(ready)
    further = further_addons()
    with database.with_addon(ready, demo=False) as name:
        gaps = refresh(main_addon(), export(ready, name, main_addon()))
        if further:
            with database.with_all_addons(ready, name) as full:
                for addon in further:
                    gaps += refresh(addon, export(ready, full, addon))
    return int(bool(gaps))


def refresh(addon: Addon, template: polib.POFile) -> int:
    """Write the files of an addon, list what is left to translate and return how much.

    :param template: its texts
    """
    template_of(addon).parent.mkdir(exist_ok=True)
    template.save(str(template_of(addon)))
    gaps = 0
    for language in LANGUAGES:
        translated = merge(addon, template, language_of(addon, language))
        left = [*translated.untranslated_entries(), *translated.fuzzy_entries()]
        gaps += len(left)
        mark = f"{addon.name}, {language}"
        say(f"{mark}: {len(translated)} texts, {len(left)} to translate")
        for entry in left:
            print(f"{mark}: {entry.msgid}")
    return gaps


def export(ready: Environment, name: str, addon: Addon) -> polib.POFile:
    """Return the texts of an addon as it is installed in the database `name`.

    :raises SetupError: Odoo could not export them
    """
    with tempfile.TemporaryDirectory() as folder:
        config = ready.write_config(Path(folder) / "odoo.conf", log_level="warn")
        file = Path(folder) / template_of(addon).name
        run(
            ready.command(
                *("i18n", "export", "-c", config, "-d", name),
                *("-l", "pot", "-o", file, addon.name),
            ),
            f"Odoo could not export the texts of {addon.name}.",
            env=ready.variables(),
        )
        template = polib.pofile(str(file))
    for date in DATES:
        template.metadata.pop(date, None)
    return template


def merge(addon: Addon, template: polib.POFile, file: Path) -> polib.POFile:
    """Bring the translations in `file` up to `template`, write and return them.

    :param file: a ``.po`` file named after its language; made when it is not there
    """
    if file.exists():
        translated = polib.pofile(str(file))
    else:
        translated = polib.POFile()
        translated.metadata = {**template.metadata, "Language": file.stem}
    translated.header = f"Translation of the addon {addon.name}: {file.stem}"
    translated.merge(template)
    for entry in translated.obsolete_entries():
        translated.remove(entry)
    order = {entry.msgid: number for number, entry in enumerate(template)}
    translated.sort(key=lambda entry: order[entry.msgid])
    translated.save(str(file))
    return translated
