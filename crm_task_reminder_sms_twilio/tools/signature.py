"""Twilio's signature under what it calls with: ``X-Twilio-Signature``."""

import base64
import hashlib
import hmac
from urllib.parse import urlsplit

PORTS = {"http": 80, "https": 443}


def sign(token, url, values):
    """Return the signature of a call by POST.

    :param str token: the account's secret
    :param str url: the address that is called, as it was given to Twilio
    :param dict[str, str] values: of the form
    """
    text = url + "".join(f"{name}{values[name]}" for name in sorted(values))
    digest = hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()


def check(token, url, values, signature):
    """Tell whether a call is Twilio's, and for this account.

    Twilio signs the address with its port or without.

    :param str signature: anything, as it came
    """
    if not token:
        return False
    given = signature.encode()
    return any(
        hmac.compare_digest(sign(token, one, values).encode(), given)
        for one in (url, _add_port(url))
    )


def _add_port(url):
    parts = urlsplit(url)
    if parts.port or parts.scheme not in PORTS:
        return url
    place = f"{parts.scheme}://{parts.netloc}"
    return f"{place}:{PORTS[parts.scheme]}{url.removeprefix(place)}"
