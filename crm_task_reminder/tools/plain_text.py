"""A letter as plain text: what mail programs show that don't show HTML."""

import re

from lxml import html

from . import gsm

#: Elements of which nothing is read.
UNREAD = {"head", "script", "style", "template", "title"}
#: What an element has around it: an empty line, or only the end of a line.
PARAGRAPH, LINE = "\f", "\v"
GAPS = {
    **dict.fromkeys(("blockquote", "h1", "h2", "h3", "h4", "h5", "h6"), PARAGRAPH),
    **dict.fromkeys(("hr", "ol", "p", "pre", "table", "ul"), PARAGRAPH),
    **dict.fromkeys(("address", "article", "aside", "dd", "div", "dl"), LINE),
    **dict.fromkeys(("dt", "footer", "header", "li", "section", "tr"), LINE),
    **dict.fromkeys(("caption", "center", "details", "fieldset", "figcaption"), LINE),
    **dict.fromkeys(("figure", "form", "legend", "main", "nav", "summary"), LINE),
    **dict.fromkeys(("td", "th"), " "),
}
#: Before and behind what marks a point of a list.
BULLET = "\a"
#: A point of Odoo's editor that has no mark: it holds the points below another one.
NESTED = "oe-nested"
#: Of a table, where it has more than one in a row.
CELLS = ("td", "th")
#: What ends a line.
BREAKS = re.compile(f"[\n{PARAGRAPH}{LINE}]")
#: Schemes of what is pressed and leads nowhere.
LEADS_NOWHERE = {"data", "javascript", "vbscript"}
#: Behind the address of a link: buttons that stand apart have nothing between them.
BEHIND = "\x10"
TOGETHER = re.compile(rf"{BEHIND}(?=\w)")
PREFORMATTED = re.compile(r"white-space\s*:\s*pre", re.IGNORECASE)
HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
#: Ends of lines from elsewhere, and what is no text: parsers of HTML drop them, and
#: screens show nothing, so that words grow together.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]+")
SPACES = re.compile(r"[ \t\r\n\f\v\x85\u00a0\u2028\u2029]+")
#: More than the one space that stands between most words and stays as it is.
GAP = re.compile(f"[ \n{PARAGRAPH}{LINE}]{{2,}}|[\n{PARAGRAPH}{LINE}]")
#: A point of a list, also where its text is a paragraph.
POINT = re.compile(f"{BULLET}([^{BULLET}]+){BULLET}[ \n{PARAGRAPH}{LINE}]*")


def is_blank(text):
    """Tell whether nothing of a text is seen.

    :param str text:
    """
    # what is not seen has no plain form
    return not any(gsm.to_plain(character).strip() for character in text)


def part(source):
    """Return a text with a space for each end of a line that is shown as nothing.

    :param str source: as text or as HTML
    """
    return CONTROL.sub(" ", source)


def to_text(source):
    """Return HTML as text: an empty line between paragraphs, addresses of links.

    :param str source: a whole document or a part of one
    :return str:
    """
    if not source or not source.strip():
        return ""
    words = []
    _write(html.document_fromstring(f"<div>{part(source)}</div>"), words)
    text = POINT.sub(r"\1 ", "".join(words))
    text = TOGETHER.sub(" ", text).replace(BEHIND, "")
    return GAP.sub(_make_gap, text).strip()


def _write(element, words, write_text=None):
    """Add an element's text to ``words``, without what follows the element.

    :param function write_text: how its text is written; as words unless given
    """
    tag = element.tag
    # comments have a function for a tag
    if not isinstance(tag, str) or tag in UNREAD or _is_hidden(element):
        return
    gap = GAPS.get(tag, "")
    if tag == "pre" or PREFORMATTED.search(element.get("style") or ""):
        write_text = _keep_lines
    write_text = write_text or squeeze
    words.append(gap + _open(element))
    start = len(words)
    words.append(write_text(element.text))
    for child in element:
        _write(child, words, write_text)
        words.append(write_text(child.tail))
    if tag == "a":
        words.append(_tell_target(element, "".join(words[start:])))
    elif tag in CELLS and _has_neighbours(element):
        words[start:] = [_keep_in_row("".join(words[start:]))]
    words.append(gap)


def _open(element):
    """Return what stands before an element's text, or instead of it."""
    if element.tag == "br":
        return "\n"
    if element.tag == "li":
        return _mark_point(element)
    return squeeze(element.get("alt")) if element.tag == "img" else ""


def _mark_point(element):
    """Return what stands before a point of a list: its number, if it has one."""
    if NESTED in (element.get("class") or ""):
        return ""
    if element.getparent().tag != "ol":
        return f"{BULLET}-{BULLET}"
    before = [
        one
        for one in element.itersiblings("li", preceding=True)
        if NESTED not in (one.get("class") or "")
    ]
    start = element.getparent().get("start") or ""
    first = int(start) if re.fullmatch("[0-9]{1,6}", start) else 1
    return f"{BULLET}{first + len(before)}.{BULLET}"


def _has_neighbours(cell):
    """Tell whether a cell of a table has others beside it in its row."""
    return sum(other.tag in CELLS for other in cell.getparent()) > 1


def _keep_in_row(text):
    """Return the text of a cell, without the gaps of its only paragraph around it."""
    inner = text.strip(f" \n{PARAGRAPH}{LINE}")
    return text if BREAKS.search(inner) else inner


def _keep_lines(text):
    """Return a text with its own ends of lines, which are shown where it stands."""
    return "\n".join(map(squeeze, re.split(r"\r\n?|\n", text or "")))


def _is_hidden(element):
    return bool(HIDDEN.search(element.get("style") or ""))


def squeeze(text):
    """Return a text with one plain space for each run of spaces and ends of lines."""
    return SPACES.sub(" ", text or "")


def _tell_target(link, text):
    """Return what a link has to add to its text: where it leads, unless that says it.

    :param str text: that of the link
    """
    target = (link.get("href") or "").strip()
    scheme, _colon, address = target.partition(":")
    # what is behind the question mark is the beginning of a letter
    shown = {"tel": address, "mailto": address.partition("?")[0]}
    where = shown.get(scheme.lower(), target)
    if not where or where.startswith("#") or scheme.lower() in LEADS_NOWHERE:
        return ""
    if scheme.lower() == "tel":
        text = text.replace(".", "")
    return "" if _compress(where) in _compress(text) else f" ({where}){BEHIND}"


def _compress(text):
    """Return a text without what addresses and numbers are written with or without."""
    return re.sub(r"^https?://|[\s()/-]", "", text.lower())


def _make_gap(match):
    """Return one space, the end of a line or an empty line for what stands in a gap."""
    gap = match[0]
    if PARAGRAPH in gap or gap.count("\n") > 1:
        return "\n\n"
    return "\n" if gap.strip(" ") else " "
