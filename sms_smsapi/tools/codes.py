"""What SMSAPI's error codes mean, and what a person can do about each."""

from dataclasses import dataclass

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

#: An SMS with the same idx was taken before. Nothing is sent a second time.
SENT_BEFORE = 53
#: The account may not send links, or not have them shortened: they may leave without.
LINK, SHORT_LINK = 94, 7
#: Reports are asked for of several SMS at once, which older accounts may not.
SINGLY = 72
#: The address for reports is none that can be called. SMS can leave without reports.
REPORTS = 70

#: What an answer is about, and so what becomes of the others in the same call.
MESSAGE = "message"  # others may be fine: they are tried without it
ACCOUNT = "account"  # all others will be refused, too
LATER = "later"  # nothing is taken just now


@dataclass(frozen=True, eq=False)
class Meaning:
    """An error code of SMSAPI."""

    state: str  # what Odoo's client of a provider returns
    advice: object  # what a person can do, a text that is translated when it is read;
    # None where SMSAPI's own text has to do
    about: str = MESSAGE


_SENDER = _lt(
    "SMSAPI does not accept the sender's name. Choose one of the account's names in "
    "the set-up of SMSAPI."
)
_REQUEST = _lt(
    "SMSAPI did not understand the request. Tell whoever looks after your Odoo."
)
_TOKEN = _lt(
    "SMSAPI does not accept the token. Enter a valid one in the set-up of SMSAPI."
)
_BUSY = _lt("SMSAPI can't take SMS just now. Send it again later.")
_UNWANTED = _lt(
    "The number is on SMSAPI's list of those that get no SMS. Take it off there, or "
    "reach the customer in another way."
)

CODES = {
    SHORT_LINK: Meaning(
        "rejected",
        _lt(
            "SMSAPI may not shorten links for the account. Ask SMSAPI to allow it, or "
            "switch “Shorten Links” off in the set-up of SMSAPI."
        ),
    ),
    8: Meaning("unknown", _REQUEST),
    11: Meaning("rejected", _lt("The text is empty or too long. Change it.")),
    12: Meaning(
        "rejected",
        _lt(
            "The text is longer than the set-up of SMSAPI allows. Shorten it, or "
            "allow more parts."
        ),
    ),
    13: Meaning(
        "wrong_number_format",
        _lt("SMSAPI can't send SMS to this number. Check it."),
    ),
    14: Meaning("smsapi_account", _SENDER, ACCOUNT),
    18: Meaning("unknown", _REQUEST),
    19: Meaning("server_error", _BUSY),
    20: Meaning("unknown", _REQUEST),
    27: Meaning("unknown", _REQUEST),
    28: Meaning("unknown", _REQUEST),
    52: Meaning(
        "server_error",
        _lt("This number has got too many SMS just now. Send it again later."),
    ),
    57: Meaning("rejected", _UNWANTED),
    59: Meaning("rejected", _UNWANTED),
    REPORTS: Meaning(
        "smsapi_account",
        _lt(
            "SMSAPI can't report to this Odoo. An administrator sets the system "
            "parameter web.base.url to an address that SMSAPI can reach."
        ),
        ACCOUNT,
    ),
    SINGLY: Meaning("unknown", _REQUEST),
    74: Meaning(
        "server_error",
        _lt("SMSAPI sends none at this hour. Check the hours of the account there."),
        LATER,
    ),
    76: Meaning("unknown", _REQUEST),
    LINK: Meaning(
        "rejected",
        _lt(
            "The account at SMSAPI may not send links. Ask SMSAPI to allow them, or "
            "let SMSAPI shorten them: see the set-up of SMSAPI."
        ),
    ),
    98: Meaning(
        "smsapi_account",
        _lt(
            "The account at SMSAPI may send to its own number only. Have it unlocked "
            "there."
        ),
        ACCOUNT,
    ),
    101: Meaning("smsapi_account", _TOKEN, ACCOUNT),
    102: Meaning("smsapi_account", _TOKEN, ACCOUNT),
    103: Meaning(
        "smsapi_credit",
        _lt("The account at SMSAPI has no points left. Buy some there."),
        ACCOUNT,
    ),
    105: Meaning(
        "smsapi_account",
        _lt(
            "SMSAPI takes no calls from this server's address. Add it to the addresses "
            "that the account allows."
        ),
        ACCOUNT,
    ),
    110: Meaning(
        "smsapi_account",
        _lt("The account at SMSAPI may not send SMS. Give its token that right."),
        ACCOUNT,
    ),
    112: Meaning(
        "smsapi_country",
        _lt(
            "The account at SMSAPI may not send SMS to this country. Ask SMSAPI to "
            "allow it."
        ),
    ),
    200: Meaning("server_error", _BUSY, LATER),
    201: Meaning("server_error", _BUSY, LATER),
    202: Meaning("server_error", _BUSY, LATER),
    203: Meaning("server_error", _BUSY, LATER),
    401: Meaning(
        "smsapi_account",
        _lt(
            "The token has not all rights. Give it those to send SMS and to read the "
            "profile and the sender's names."
        ),
        ACCOUNT,
    ),
    998: Meaning("server_error", _BUSY, LATER),
    999: Meaning("server_error", _BUSY, LATER),
}
OTHER = Meaning("unknown", None)
#: The states that Odoo does not know from other providers: a failure of its own.
FAILURES = {
    "smsapi_account": "sms_acc",
    "smsapi_country": "sms_country_not_supported",
    "smsapi_credit": "sms_credit",
    "smsapi_unconfirmed": "smsapi_unconfirmed",
}


def get_meaning(code):
    """Return what an error code means.

    :param int code:
    :return Meaning:
    """
    return CODES.get(code, OTHER)
