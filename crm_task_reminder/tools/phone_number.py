"""What a phone number tells by itself."""

import re

import phonenumbers
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneNumber, PhoneNumberType

#: One number and nothing else, as long as numbers can be.
NUMBER = re.compile(r"(?:[\s()./-]*[+\d]){1,15}[\s()./-]*")


def find_dialled(text, country_code):
    """Return what a telephone is to dial for a number as people write it.

    The digits alone of “+49 (0)30 901820”, of a number with an extension or of two with
    a comma between them are those of another number.

    :param str text:
    :param str country_code: of whoever has it, such as ``PL``; may be empty
    :return str: empty where nobody can know
    """
    for match in phonenumbers.PhoneNumberMatcher(text, country_code or None):
        return phonenumbers.format_number(
            match.number, phonenumbers.PhoneNumberFormat.E164
        )
    return re.sub(r"[^+\d]", "", text) if NUMBER.fullmatch(text) else ""


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
