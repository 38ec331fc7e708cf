"""What Odoo's client of Twilio does not tell."""

import requests

from odoo.addons.crm_task_reminder.tools.errors import TemporaryError

#: Where Odoo's module for Twilio sends to.
URL = "https://api.twilio.com"
SECONDS = 5


def check_connection():
    """Check that Twilio can be reached, before it is given messages.

    Odoo's client of Twilio gives the same answer whether no connection could be made,
    when nothing was sent, or it broke, when the SMS may have arrived.

    :raise TemporaryError: it can't be reached
    """
    try:
        requests.head(URL, timeout=SECONDS)
    except requests.RequestException as error:
        raise TemporaryError("sms_gateway", str(error)) from error
