"""The log on the screen of an office: its rows, its chart and its other views."""

import pytest
from playwright.sync_api import expect

from dev.office.browser import CUT
from tests.gardens import create_task, make_office
from tests.office import MANAGER, Office

OFFICE_SCREEN = (1400, 900)
LOG = "crm_task_reminder.crm_task_reminder_log_action"


@pytest.fixture(scope="module")
def office(installation):
    """A company with lines in both forms, and a customer who reads English."""
    return make_office(installation, "log")


def test_e17_the_log_tells_the_whole_reason(office, open_page):
    customer = office.create_customer("Maximilian Wiśniewski-Kowalczyk", phone="12")
    task = create_task(office, name="Cut the hedge " * 12, partner_id=customer)
    office.pass_time([task], days=2, hours=1)
    office.wait_for_log(task)
    web = open_page(office.login, size=OFFICE_SCREEN)
    web.open_action(LOG)
    row = web.page.locator(".o_data_row", has_text="Maximilian").first
    expect(row).to_contain_text("The phone number is not valid")
    for name in ("recipient_name", "address", "summary", "operation", "channel"):
        assert row.locator(f"td[name={name}]").evaluate_all(CUT) == []
    title = row.locator("td[name=task_name]").bounding_box()
    reason = row.locator("td[name=summary]").bounding_box()
    assert title["width"] < reason["width"] + 60


def test_e21_the_chart_counts_whole_messages_in_the_colours_of_states(
    office, open_page
):
    task = create_task(office)
    office.pass_time([task], days=2, hours=23)
    office.wait_for_log(task, 3)
    web = open_page(office.login)
    web.open_action(LOG)
    web.page.locator(".o_switch_view.o_graph").click()
    expect(web.page.locator(".o_graph_view canvas")).to_be_visible()
    shown = web.page.evaluate(
        """() => {
            const canvas = document.querySelector(".o_graph_view canvas");
            const chart = Chart.getChart(canvas);
            return {
                ticks: chart.scales.y.ticks.map(tick => tick.label),
                colours: Object.fromEntries(chart.data.datasets.map(
                    one => [one.label, one.backgroundColor])),
            };
        }"""
    )
    assert len(shown["ticks"]) > 1
    assert all(tick.isdigit() for tick in shown["ticks"])
    assert shown["colours"]["Sent"] == "#28a745"


def test_e21_what_was_sent_has_no_problem_in_the_pivot(office, open_page):
    task = create_task(office)
    office.pass_time([task], days=2, hours=23)
    office.wait_for_log(task, 3)
    web = open_page(office.login)
    web.open_action(LOG)
    web.page.locator(".o_switch_view.o_pivot").click()
    pivot = web.page.locator(".o_pivot table")
    expect(pivot).to_contain_text("No problem")
    expect(pivot).not_to_contain_text("None")


def test_the_log_in_every_view(office, open_page):
    web = open_page(office.login)
    web.open_action(LOG)
    for view in ("graph", "pivot", "calendar", "list"):
        web.page.locator(f".o_switch_view.o_{view}").click()
        expect(web.page.locator(f".o_{view}_view")).to_be_visible()


def test_an_empty_log_explains_itself(installation, open_page):
    office = Office(installation.server, installation.client)
    office.create_user("empty", MANAGER)
    web = open_page("empty")
    web.open_action(LOG)
    web.see("No reminders to show")


def test_a_log_that_its_filters_hide_is_not_called_empty(office, open_page):
    """It said that no reminder had been due yet, where the search fits none of many."""
    task = create_task(office)
    office.pass_time([task], days=2, hours=23)
    office.wait_for_log(task, 3)
    web = open_page(office.login)
    web.open_action(LOG)
    expect(web.page.locator(".o_data_row").first).to_be_visible()
    web.page.locator(".o_searchview_input").fill("nobody has this title")
    web.page.locator(".o_searchview_input").press("Enter")
    expect(web.page.locator(".o_data_row")).to_have_count(0)
    help_text = web.see("No reminders to show").locator("..")
    expect(help_text).to_contain_text("Remove the filters to see others")
    expect(help_text).not_to_contain_text("yet")
