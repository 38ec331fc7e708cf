"""The files of translations: nothing stale, nothing missing, nothing broken."""

import os
import re
from collections import Counter

import polib
import pytest
from lxml import html

from odoo.addons.crm_task_reminder.tools import gsm

from dev import environment, translations
from dev.run_tests import TEMPLATE_VARIABLE

# %s, %(name)s, {{ … }}, and what Odoo's templates do with a tag
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z%]|{{.*?}}|\bt-[a-z-]+=\"[^\"]*\"")
# Polish has no greeting by name that fits a man, a woman and a company.
NAME = "object.reminder_customer_name or ''"

USUAL = {
    "object.reminder_company_id.name": "Zielony Dom Serwis",
    "object.name": "Przeglad roczny kotla gazowego",
    "object.reminder_start": "czw. 26.11, 10:00 (New York)",
    "object.reminder_contact": "+48 22 555 01 10",
}


@pytest.fixture(scope="module")
def template():
    """The texts of the addon as they are now, exported by Odoo."""
    return translations.export(environment.ready(), os.environ[TEMPLATE_VARIABLE])


@pytest.fixture(params=translations.LANGUAGES)
def translated(request):
    """The translations into one language."""
    return polib.pofile(str(translations.FOLDER / f"{request.param}.po"))


def describe(file):
    """Return each text of `file` with all that Odoo says about it."""
    return {
        entry.msgid: (entry.comment, {place for place, _line in entry.occurrences})
        for entry in file
    }


def placeholders(text):
    return Counter(PLACEHOLDER.findall(text))


def tags(text):
    """Return the HTML tags of `text`, without those of the greeting."""
    elements = html.fragment_fromstring(text, create_parent=True).iter()
    return [element.tag for element in elements if element.get("t-out") != NAME]


def test_template_is_what_odoo_exports_now(template):
    kept = polib.pofile(str(translations.TEMPLATE))
    assert describe(kept) == describe(template), "stale: make translations"


def test_language_has_the_texts_of_the_template(translated):
    kept = polib.pofile(str(translations.TEMPLATE))
    assert describe(translated) == describe(kept), "stale: make translations"
    assert not translated.obsolete_entries()


def test_language_has_no_gaps(translated):
    assert not [entry.msgid for entry in translated.untranslated_entries()]
    assert not [entry.msgid for entry in translated.fuzzy_entries()]


def test_placeholders_are_those_of_the_source(translated):
    for entry in translated:
        source, target = placeholders(entry.msgid), placeholders(entry.msgstr)
        for counts in (source, target):
            counts.pop(f't-out="{NAME}"', None)
        assert target == source, entry.msgid


def test_tags_are_those_of_the_source(translated):
    for entry in translated:
        if "<" in entry.msgid:
            assert tags(entry.msgstr) == tags(entry.msgid), entry.msgid


def test_sms_of_usual_length_fits_one_message(translated):
    places = "sms.template,body:"
    texts = [
        entry.msgstr
        for entry in translated
        if any(places in place for place, _line in entry.occurrences)
    ]
    assert len(texts) == 2
    for text in texts:
        filled = re.sub(r"{{ (.*?) }}", lambda found: USUAL[found[1]], text)
        assert set(filled) <= gsm.ALPHABET
        assert gsm.count_parts(filled) == 1, len(filled)
