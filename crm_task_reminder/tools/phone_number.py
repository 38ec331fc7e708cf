"""What a phone number tells by itself."""

import phonenumbers
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneNumber, PhoneNumberType


def is_landline(number):
    """Tell whether a number belongs to a telephone that takes no SMS.

    Where a country has one range for both, as in North America, nobody can know.

    :param str number: in the form of E.164, such as ``+48221234567``
    """
    # `phonenumbers.parse` would take four times as long
    digits = number.removeprefix("+")
    for length in (1, 2, 3):
        code, rest = digits[:length], digits[length:]
        if not code.isdecimal() or not rest.isdecimal():
            return False
        if int(code) in COUNTRY_CODE_TO_REGION_CODE:
            parsed = PhoneNumber(
                country_code=int(code),
                national_number=int(rest),
                italian_leading_zero=rest.startswith("0") or None,
            )
            return phonenumbers.number_type(parsed) == PhoneNumberType.FIXED_LINE
    return False
