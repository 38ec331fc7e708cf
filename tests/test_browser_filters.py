"""What the menus of searches offer can be read whole, in each language."""

import pytest
from playwright.sync_api import expect

from dev.office.browser import CUT
from tests.reply import make_office

LOG = "crm_task_reminder.crm_task_reminder_log_action"
TEXTS = "crm_task_reminder_reply.crm_task_reminder_text_action"
TASKS = "project.action_view_all_task"
#: Odoo's own names that are too long for its menu in some language.
OWN = {
    "Benutzerdefinierter Filter ...",
    "Aktuelle Suche speichern",
    "Zapisz bieżące wyszukiwanie",
    "Save current search",
}


@pytest.mark.parametrize("lang", ["en_US", "pl_PL", "de_DE"])
def test_e21_names_of_filters_are_whole(answering, browser, lang):
    office = make_office(answering)
    answering.client.write("res.users", [office.user], lang=lang)
    web = browser.log_in(answering.server.url, office.login, office.login)
    for action in (TASKS, LOG, TEXTS):
        web.open_action(action)
        web.page.locator(".o_searchview_dropdown_toggler").click()
        names = web.page.locator(".o_search_bar_menu .o-dropdown-item, .o_menu_item")
        expect(names.first).to_be_visible()
        assert len(names.all()) > 5, action
        assert set(names.evaluate_all(CUT)) <= OWN, action
    web.close()
    assert web.errors == []
