"""The person in the browser waits for what is still being drawn, before counting it."""

import pytest

from dev.office.web_client import WebClient

# Two rows and the link below them, drawn half a second after the page; the link adds.
LATE_LIST = """
<div id="dialog"></div>
<script>
    const row = "<p class='o_data_row'>row</p>";
    function add() {
        document.querySelector("#rows").insertAdjacentHTML("beforeend", row);
    }
    setTimeout(() => {
        document.querySelector("#dialog").innerHTML =
            "<div class='o_field_widget' name='line_ids'>" +
            "<div id='rows'>" + row + row + "</div>" +
            "<a href='#' onclick='add()'>Add a line</a></div>";
    }, 500);
</script>
"""

# The same for a date that is set (a button until it is entered) and for a selection.
LATE_FIELDS = """
<div id="dialog"></div>
<script>
    function enter() {
        document.querySelector("[name=start]").innerHTML = "<input>";
    }
    setTimeout(() => {
        document.querySelector("#dialog").innerHTML =
            "<div class='o_field_widget' name='start'>" +
            "<button class='o_input' onclick='enter()'>today</button></div>" +
            "<div class='o_field_widget' name='channel'>" +
            "<select><option>SMS</option><option>E-mail</option></select></div>";
    }, 500);
</script>
"""


@pytest.fixture
def show(browser):
    """A function that gives a person before a page with this content."""
    with browser.show("", (390, 844)) as page:

        def show(document):
            page.set_content(document)
            return WebClient(page)

        yield show


@pytest.mark.filterwarnings("error")
def test_a_row_is_added_once_to_a_list_that_is_drawn_late(show):
    web = show(LATE_LIST)
    web.add_row("line_ids", "Add a line")
    assert web.rows("line_ids").count() == 3


def test_a_field_that_is_drawn_late_is_known_for_what_it_is(show):
    web = show(LATE_FIELDS)
    web.fill("start", "tomorrow")
    assert web.field("start").locator("input").input_value() == "tomorrow"
    web = show(LATE_FIELDS)
    web.choose("channel", "E-mail")
    assert web.field("channel").locator("select").input_value() == "E-mail"
