"""What mail systems report of a mail that they took (RFC 3464)."""

from . import email_address

#: What ``Action`` may say that is no failure (section 2.3.3). A mail that is *delayed*
#: is still being tried. Where it says nothing, or what no standard knows, it came back:
#: to write once more in vain is better than to take somebody for told who is not.
NO_FAILURE = {"delayed", "delivered", "relayed", "expanded"}
#: Reports that a mail was read (RFC 8098) or called spam (RFC 5965): it has arrived.
ARRIVED = {"message/disposition-notification", "message/feedback-report"}
#: By which a report calls somebody, the address that was written to first.
NAMES = ("Original-Recipient", "Final-Recipient")


def list_failed(report):
    """Return whom a mail has not reached, each by the addresses that a report has.

    :param email.message.EmailMessage report:
    :return list[list[str]] | None: an address in ASCII; None where it does not say
    """
    parts = list(report.walk())
    told = [
        one
        for part in parts
        if part.get_content_type() == "message/delivery-status"
        for one in part.get_payload()
        # not what it says of the mail, and no empty lines
        if "Action" in one or "Final-Recipient" in one
    ]
    if not told:
        has_arrived = any(part.get_content_type() in ARRIVED for part in parts)
        return [] if has_arrived else None
    return [_list_names(one) for one in told if not _is_no_failure(one)]


def _is_no_failure(told):
    """Tell whether somebody's mail has arrived or may still do so."""
    words = str(told.get("Action", "")).split()
    return bool(words) and words[0].lower() in NO_FAILURE


def _list_names(told):
    """Return the addresses of somebody of whom a report tells."""
    values = [str(told.get(name, "")).rpartition(";")[2] for name in NAMES]
    return [one for value in values for one in email_address.find_in_ascii(value)]
