"""The files of translations: nothing stale, nothing missing, nothing broken."""

import os
import re
from collections import Counter

import polib
import pytest
from lxml import html

from odoo.addons.crm_task_reminder.tools import gsm

from dev import translations
from dev.machine.project import addons, main_addon
from dev.office import database, environment
from dev.run_tests import TEMPLATE_VARIABLE

# %s, %(name)s, {{ … }}, and what Odoo's templates do with a tag
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z%]|{{.*?}}|\bt-[a-z-]+=\"[^\"]*\"")
# What a sentence quotes from elsewhere on the screen
QUOTED = re.compile(r"“([^”%{]+)”")
# Polish has no greeting by name that fits a man, a woman and a company.
NAME = "object.reminder_customer_name or ''"

# One word in English, two things: a state and a date; when it is to leave and did leave
SEVERAL_MEANINGS = {"Sent", "Sent At"}

USUAL = {
    "object.reminder_company_id.name": "Zielony Dom Serwis",
    "object.name": "Przeglad roczny kotla gazowego",
    "object.reminder_start": "czw. 26.11, 10:00 (New York)",
    "object.reminder_end": "sob. 28.11, 16:00 (New York)",
    "object.reminder_told_start": "sr. 25.11, 10:00 (New York)",
    "object.reminder_contact": "+48 22 555 01 10",
}


@pytest.fixture(params=addons(), ids=lambda addon: addon.name)
def addon(request):
    """One addon of this checkout."""
    return request.param


@pytest.fixture(params=translations.LANGUAGES)
def translated(request, addon):
    """The translations of an addon into one language."""
    return polib.pofile(str(translations.language_of(addon, request.param)))


@pytest.fixture(scope="module")
def all_addons():
    """A database with all addons of this checkout."""
    template = os.environ[TEMPLATE_VARIABLE]
    with database.with_all_addons(environment.ready(), template) as name:
        yield name


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


def test_template_is_what_odoo_exports_now(addon, request):
    is_main = addon == main_addon()
    name = (
        os.environ[TEMPLATE_VARIABLE]
        if is_main
        else request.getfixturevalue("all_addons")
    )
    template = translations.export(environment.ready(), name, addon)
    kept = polib.pofile(str(translations.template_of(addon)))
    assert describe(kept) == describe(template), "stale: make translations"


def test_language_has_the_texts_of_the_template(addon, translated):
    kept = polib.pofile(str(translations.template_of(addon)))
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


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_one_thing_has_one_name_in_all_addons(language):
    names = find_names(language)
    several = {text: found for text, found in names.items() if len(found) > 1}
    assert set(several) <= SEVERAL_MEANINGS, several


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_a_sentence_calls_a_filter_or_button_by_its_name(language):
    names = find_names(language)
    named = [
        (text, found, quoted)
        for text, found in names.items()
        for quoted in QUOTED.findall(text)
        if quoted in names
    ]
    assert len(named) >= 5
    for text, sentences, quoted in named:
        for sentence in sentences:
            assert any(f"„{name}" in sentence for name in names[quoted]), text


def test_english_letters_begin_with_a_capital():
    """Other than in Polish and German, also after “Dear …,”."""
    letters = [
        html.fragment_fromstring(entry.msgid, create_parent=True)
        for entry in polib.pofile(str(translations.template_of(main_addon())))
        if any("mail.template,body_html" in place for place, _ in entry.occurrences)
    ]
    beginnings = [letter.findall(".//p")[1].text.strip()[:1] for letter in letters]
    assert len(beginnings) > 10
    # empty: it begins with the title of the task
    assert not [one for one in beginnings if one.islower()]


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_sms_of_usual_length_fits_one_message(language):
    texts = find_sms_texts(language, "")
    assert len(texts) == 2
    for text in texts:
        assert set(text) <= gsm.ALPHABET
        assert gsm.count_parts(text) == 1, len(text)


@pytest.mark.parametrize("language", translations.LANGUAGES)
@pytest.mark.parametrize(
    ("moment", "parts"), [("_set", 1), ("_moved", 2), ("_called_off", 1)]
)
def test_sms_with_news_is_no_longer_than_its_dates_make_it(language, moment, parts):
    texts = find_sms_texts(language, moment)
    assert len(texts) == 2
    for text in texts:
        assert gsm.count_parts(gsm.to_plain(text)) <= parts, len(text)


def find_names(language):
    """Return each text of all addons with all that it is called in `language`."""
    names = {}
    for addon in addons():
        for entry in polib.pofile(str(translations.language_of(addon, language))):
            names.setdefault(entry.msgid, set()).add(entry.msgstr)
    return names


def find_sms_texts(language, moment):
    """Return the standard SMS for both audiences, filled in as is usual.

    :param moment: the end of the templates' names
    """
    file = translations.language_of(main_addon(), language)
    places = tuple(
        f"sms.template,body:crm_task_reminder.sms_template_{audience}{moment}"
        for audience in ("customer", "operator")
    )
    return [
        re.sub(r"{{ (.*?) }}", lambda found: USUAL[found[1]], entry.msgstr)
        for entry in polib.pofile(str(file))
        if any(place.endswith(places) for place, _line in entry.occurrences)
    ]
