"""A reminder by e-mail as it is looked at: on a phone and a wide screen, by day and in
the dark.
"""

import base64
import io
import re

import pytest
from PIL import Image

from odoo.addons.crm_task_reminder.tools import colours

from tests.office import Office

HEIGHT = 640
WIDE = "https://files.example/" + "a" * 120
BODY = f"""
<p>Dear <t t-out="object.partner_id.name"/>,</p>
<table width="590"><tr><td style="min-width: 590px">A wide table</td></tr></table>
<p>{WIDE} and <a href="{WIDE}">a link</a></p>
"""
# What is written directly in an element, its colour and what it stands on.
READ_TEXTS = """() => {
    const texts = [];
    for (const element of document.body.querySelectorAll("*")) {
        const words = [...element.childNodes]
            .filter((node) => node.nodeType === Node.TEXT_NODE)
            .map((node) => node.textContent.trim()).join(" ").trim();
        if (!words) { continue; }
        let ground = element;
        while (getComputedStyle(ground).backgroundColor === "rgba(0, 0, 0, 0)") {
            ground = ground.parentElement;
        }
        const style = getComputedStyle(element);
        texts.push({
            words,
            size: parseFloat(style.fontSize),
            bottom: element.getBoundingClientRect().bottom,
            ink: style.color,
            ground: getComputedStyle(ground).backgroundColor,
        });
    }
    return texts;
}"""


# How wide it is for its height, by itself and as it is shown, and where it ends.
LOOK_AT_LOGO = """image => {
    const box = image.getBoundingClientRect();
    const style = getComputedStyle(image);
    const cell = image.parentElement;
    const edge = cell.getBoundingClientRect().right;
    const pad = (name) => parseFloat(style["padding" + name]);
    return {
        natural: image.naturalWidth / image.naturalHeight,
        shown: (box.width - pad("Left") - pad("Right"))
            / (box.height - pad("Top") - pad("Bottom")),
        right: box.right,
        edge: edge - parseFloat(getComputedStyle(cell).paddingRight),
    };
}"""
# Where the first and the last sign of an element's text are drawn.
LOOK_AT_ENDS = """element => {
    const draw = (at) => {
        const range = document.createRange();
        range.setStart(element.firstChild, at);
        range.setEnd(element.firstChild, at + 1);
        return range.getBoundingClientRect().left;
    };
    return [draw(0), draw(element.firstChild.length - 1)];
}"""
# A company's name in one long line.
LOGO = (1600, 120)


def draw_logo() -> str:
    """Return a logo as the API takes it."""
    with io.BytesIO() as file:
        Image.new("RGB", LOGO, "#2e7d32").save(file, "PNG")
        return base64.b64encode(file.getvalue()).decode()


@pytest.fixture(scope="module")
def letters(installation):
    """HTML of an e-mail by the standard template, and by one that is hard to fit."""
    client = installation.client
    installation.mailbox.clear()
    office = Office(
        installation.server,
        client,
        phone="+48 22 555 01 10",
        email="biuro@example.com",
        website="https://www.example.com",
        reminder_powered_by=True,
        email_secondary_color="#FFD54F",
        logo=draw_logo(),
    )
    login = f"mailer{office.company}"
    office.switch_on(office.create_user(login))
    values = {
        "project_id": office.create_project(),
        "partner_id": office.create_customer(),
    }
    plain = office.create_task(("customer", "email"), **values)
    name = "Przycinanie " + "żywopłotu" * 8
    wide = office.create_task(("customer", "email"), **{**values, "name": name})
    original = office.ref("crm_task_reminder.mail_template_customer")
    [template] = client.call("mail.template", "copy", [original])
    client.write("mail.template", [template], body_html=BODY)
    lines = [("task_id", "=", wide)]
    [line] = client.read("crm.task.reminder", lines, ["id"])
    client.write("crm.task.reminder", [line["id"]], mail_template_id=template)
    office.make_due(plain, wide)
    office.wait_for_log(plain)
    office.wait_for_log(wide)
    mails = installation.mailbox.to("anna@customer.example")
    mails.sort(key=lambda mail: len(mail.subject))
    standard, wide = (mail.text("html") for mail in mails)
    return {"standard": standard, "wide": wide}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 800])
@pytest.mark.parametrize("letter", ["standard", "wide"])
def test_e01_mail_can_be_read(browser, letters, letter, width, dark):
    with browser.show(letters[letter], (width, HEIGHT), dark=dark) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        texts = page.evaluate(READ_TEXTS)
    for text in texts:
        contrast = colours.get_contrast(to_hex(text["ink"]), to_hex(text["ground"]))
        assert contrast >= colours.READABLE, text
    largest = max(text["size"] for text in texts)
    told = [text for text in texts if text["size"] == largest]
    assert re.search(r"\d", " ".join(text["words"] for text in told)), "the date"
    assert all(text["bottom"] < HEIGHT / 2 for text in told), "what one sees first"
    [letter_text] = [text for text in texts if text["words"].startswith("Dear")]
    is_dark = colours.get_contrast(to_hex(letter_text["ground"]), "#ffffff") > 10
    assert is_dark == dark


@pytest.mark.parametrize("width", [320, 800])
def test_e01_a_wide_logo_keeps_its_shape(browser, letters, width):
    """It was squeezed on a phone, and stood out at the right."""
    with browser.show(letters["standard"], (width, HEIGHT)) as page:
        logo = page.locator("img").evaluate(LOOK_AT_LOGO)
    assert logo["natural"] > 10, "it has been loaded"
    assert logo["shown"] == pytest.approx(logo["natural"], rel=0.05)
    assert logo["right"] <= logo["edge"]


@pytest.mark.parametrize(
    ("word", "title", "is_last_left"),
    [("of", "תספורת (12)!", True), ("של", "Haircut (12)!", False)],
)
def test_e01_a_title_in_the_other_direction_is_whole(
    browser, letters, word, title, is_last_left
):
    """Its last bracket or mark stood before its first word."""
    strong = "<strong>Hedge</strong>"
    assert strong in letters["standard"]
    letter = letters["standard"].replace(strong, f"<strong>{title}</strong> {word} ")
    letter = re.sub(r"Dear [^<]*", word, letter)
    with browser.show(letter, (800, HEIGHT)) as page:
        first, last = page.locator("strong").first.evaluate(LOOK_AT_ENDS)
    assert (last < first) == is_last_left


def to_hex(colour: str) -> str:
    """Return a colour such as ``rgb(1, 2, 3)`` as ``#010203``."""
    red, green, blue = map(int, re.findall(r"\d+", colour)[:3])
    return f"#{red:02x}{green:02x}{blue:02x}"
