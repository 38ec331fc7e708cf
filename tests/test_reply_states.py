"""Each state of the customer's page is fit for a narrow phone and a screen reader."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from dev.machine import node
from tests.office import in_future
from tests.reply import PHONE, make_office, send

#: What axe-core is asked for: all of WCAG 2.2 up to AA, and its own good practices.
RUN_AXE = """async () => (await axe.run(document, {
    resultTypes: ["violations", "incomplete"],
})).violations.map((one) => `${one.id}: ${one.nodes.map((n) => n.html).join(" ")}`)"""
#: Lets all that is about a task pass, the start that its messages told as well.
MOVE_LINK = "UPDATE crm_task_reminder_link SET start = start - %s WHERE task_id = %s"
SPOIL = "document.querySelectorAll('[name=nonce]').forEach((one) => one.value = 'x')"


class Phone:
    """A customer's phone, on which each page is looked at."""

    def __init__(self, page, link):
        self.page = page
        self.link = link
        self.axe = node.modules(node.PAGE_CHECKS) / "axe-core" / "axe.min.js"

    def open(self, place=""):
        self.page.goto(self.link + place)
        self.check()

    def press(self, value):
        self.page.locator(f"button[value={value}]").click()
        self.page.wait_for_load_state()
        self.check()

    def check(self):
        """Assert that nothing is wider than the phone, and that axe-core is content."""
        what = self.page.locator("main").inner_text()
        width = self.page.evaluate("document.documentElement.scrollWidth")
        assert width <= PHONE[0], what
        self.page.add_script_tag(path=self.axe)
        assert self.page.evaluate(RUN_AXE) == [], what


@pytest.mark.parametrize(
    ("lang", "colour"),
    [("en_US", "dark"), ("en_US", "light"), ("pl_PL", "light"), ("de_DE", "light")],
)
def test_each_state(answering, browser, lang, colour):
    office = make_office(answering)
    title = "Rasenmähen " + "x" * 60
    place = "Warsztat, " + "y" * 60
    values = {"name": title, "reminder_place": place}
    task, link = send(office, answering, lang, "email", **values)
    start = office.get_start(task)
    # axe-core has to be let in, past the page's own policy
    with browser.visit(link, PHONE, bypass_csp=True, color_scheme=colour) as page:
        phone = Phone(page, link)
        for choice in ("", "?answer=declined", "?answer=other"):
            phone.open(choice)
        expect(page.get_by_role("textbox")).to_be_visible()
        expect(page.locator(".where")).to_have_text(place)
        for answer in ("coming", "declined"):
            phone.press(answer)
        page.locator("summary").click()
        page.get_by_role("textbox").fill("w" * 500)
        phone.press("other")
        expect(page.get_by_role("status")).to_contain_text("wwww")
        page.evaluate(SPOIL)
        phone.press("coming")
        expect(page.get_by_role("alert")).to_be_visible()
        phone.open("/stop")
        phone.press("task")
        expect(page.get_by_role("status")).to_be_visible()
        phone.press("undo")
        for values in (
            {"planned_date_begin": in_future(days=3)},
            {"state": "1_canceled"},
            {"state": "01_in_progress", "planned_date_begin": f"{start:%F %T}"},
        ):
            office.client.write("project.task", [task], **values)
            phone.open()
        office.move_time([task], days=1)
        office.execute(MOVE_LINK, [timedelta(days=1), task])
        phone.open()
        expect(page.locator("form")).to_have_count(0)
        phone.link = re.sub(r"\w$", "-", link)
        phone.open()
