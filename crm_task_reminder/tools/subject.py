"""Subjects of e-mails that are read as they were written."""

from email.errors import HeaderParseError
from email.header import Header, decode_header, make_header

NAME = "Subject"


class Subject(str):
    """A subject that loses no space where its lines break.

    Python folds a header word by word, and some of its versions forget spaces between
    words that they encode, or add some: in one of twenty long Polish subjects two words
    grew together. Where that happens, all of it is encoded as one.

    It is what ``email.policy.EmailPolicy`` takes for a header that is parsed already.
    """

    name = NAME.lower()

    def fold(self, *, policy):
        """Return the header as it stands in a mail, with the end of its line.

        :param email.policy.EmailPolicy policy:
        :raise ValueError: it can't be written
        """
        text = str(self)
        _name, header = policy.header_store_parse(NAME, text)
        lines = header.fold(policy=policy)
        if _read(lines) == text:
            return lines
        encoded = Header(text, "utf-8", header_name=NAME).encode(linesep=policy.linesep)
        return f"{NAME}: {encoded}{policy.linesep}"


def _read(lines):
    """Return what a mail program reads in a header, None if it can't be read."""
    _name, _colon, value = lines.partition(":")
    try:
        return str(make_header(decode_header("".join(value.splitlines()).strip())))
    except (HeaderParseError, LookupError, UnicodeDecodeError):
        return None
