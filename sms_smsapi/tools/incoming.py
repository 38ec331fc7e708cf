"""A text that SMSAPI has received for an account."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timezone

#: Of the first SMS.
FIRST_YEAR = 1992


@dataclass(frozen=True)
class Incoming:
    """One incoming SMS.

    ``ident`` is the same when SMSAPI brings it once more. ``sender`` and ``receiver``
    are numbers with their country, digits alone. ``sent_at`` is naive UTC, or None.
    """

    ident: str
    sender: str
    receiver: str
    body: str
    sent_at: datetime | None


def read(values):
    """Return the text that a call of SMSAPI has brought.

    :param dict[str, str] values: as they came
    :return Incoming:
    """
    names = ("sms_from", "sms_to", "sms_text", "sms_date")
    # a file is no text
    values = {name: value for name, value in values.items() if isinstance(value, str)}
    fields = [values.get(name) or "" for name in names]
    sender, receiver, body, date = fields
    # without a name of SMSAPI's, what it says is its name
    name = values.get("MsgId") or "\0".join(fields)
    if len(name) > 64 or "\0" in name:
        name = hashlib.sha256(name.encode()).hexdigest()
    return Incoming(name, sender.strip(), receiver.strip(), body, _read_date(date))


def _read_date(text):
    """Return a moment that SMSAPI writes in seconds since 1970, or None.

    One of before there were SMS is none.
    """
    try:
        moment = datetime.fromtimestamp(int(text), timezone.utc)
    except (OSError, OverflowError, ValueError):
        return None
    return moment.replace(tzinfo=None) if moment.year >= FIRST_YEAR else None
