"""Headers with names and addresses that are read as they were written."""

import re
from email.header import Header

#: The headers of reminders in which addresses stand.
NAMES = ("From", "Reply-To", "To", "Cc")
#: A name that needs no encoding. What looks as if it were encoded would be decoded.
PLAIN = re.compile(r"(?!.*=\?)[ -~]{1,200}")
ESCAPED = re.compile(r'["\\]')
#: No line should be longer.
LONGEST = 78


class Addresses(str):
    """A header that is folded without harm to the names in it.

    Python folds it word by word, and its versions of Debian 12 lose quotation marks by
    that, and spaces between words that they encode. Of “Łukasz (Ogród Sp. z o.o.)” the
    end stood bare, which no program can read, and what is behind a comma in a firm's
    name became another sender: mail servers refuse that.

    It is what ``email.policy.EmailPolicy`` takes for a header that is parsed already.
    """

    def __new__(cls, header):
        """Take a header that is parsed.

        :param email.headerregistry.AddressHeader header:
        """
        self = super().__new__(cls, header)
        self.name = header.name
        self.addresses, self.groups = header.addresses, header.groups
        self._header = header
        return self

    def fold(self, *, policy):
        """Return the header as it stands in a mail, with the end of its line.

        :param email.policy.EmailPolicy policy:
        """
        is_group = any(group.display_name for group in self.groups)
        if is_group or not self.addresses or not all(map(_is_usual, self.addresses)):
            return self._header.fold(policy=policy)
        text = f"{self.name}:"
        for left, address in zip(
            reversed(range(len(self.addresses))), self.addresses, strict=True
        ):
            *name, place = _write(self.name, address, policy.linesep)
            for word in (*name, f"{place}," if left else place):
                line = text.rpartition(policy.linesep)[2]
                first = word.partition(policy.linesep)[0]
                fits = len(line) + 1 + len(first) <= LONGEST
                stays = fits or text.endswith(":")  # no line has but the header's name
                text += f" {word}" if stays else f"{policy.linesep} {word}"
        return text + policy.linesep


def _is_usual(address):
    """Tell whether Python has found all parts of an address, and they need no encoding.

    :param email.headerregistry.Address address:
    """
    return bool(address.username and address.domain) and address.addr_spec.isascii()


def _write(header, address, linesep):
    """Return the words of which an address consists in a header.

    :param str header: its name, for which there is room on the first line
    :param email.headerregistry.Address address:
    :return list[str]:
    """
    name, place = address.display_name, address.addr_spec
    if not name:
        return [place]
    if PLAIN.fullmatch(name):
        quoted = ESCAPED.sub(r"\\\g<0>", name)
        return [f'"{quoted}"', f"<{place}>"]
    # what was encoded wrongly is left as it came, as signs that can't be encoded
    name = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    encoded = Header(name, "utf-8", header_name=header).encode(linesep=linesep)
    return [encoded, f"<{place}>"]


def parse(header, policy):
    """Return a header of addresses that was parsed, as one that keeps its names.

    :param email.headerregistry.AddressHeader header:
    :param email.policy.EmailPolicy policy:
    """
    if isinstance(header, Addresses):
        return header
    # of a list of texts Python has parsed none
    if any(isinstance(address, str) for address in header.addresses):
        _name, header = policy.header_store_parse(header.name, str(header))
    return Addresses(header)


def keep(message):
    """Let the names in the headers of a mail be read as they were written.

    :param email.message.EmailMessage message:
    """
    for name in NAMES:
        if header := message[name]:
            message.replace_header(name, parse(header, message.policy))
