from odoo.tests import tagged

from ..tools import ascii_address, gsm
from .common import ReminderCommon

DOMAIN = "zielonyogród.pl"
ENCODED = "xn--zielonyogrd-zeb.pl"


@tagged("post_install", "-at_install")
class TestAsciiAddress(ReminderCommon):
    """An address in an SMS without accents is the same address, not a stranger's."""

    def test_d03_addresses_are_encoded(self):
        for text, plain in (
            (f"Odpowiedź: https://{DOMAIN}/a/x", f"Odpowiedz: https://{ENCODED}/a/x"),
            (f"Żółty: biuro@{DOMAIN}.", f"Zolty: biuro@{ENCODED}."),
            (f"(Biuro@{DOMAIN}), „{DOMAIN}”", f'(Biuro@{ENCODED}), "zielonyogrod.pl"'),
            ("„https://żółw.pl”, ł", '"https://xn--w-uga1v8h.pl", l'),
            ("www.żółw.pl:8069/ł ł", "www.xn--w-uga1v8h.pl:8069/%C5%82 l"),
            ("HTTP://x.pl/?q=ł%20a#ż", "http://x.pl/?q=%C5%82%20a#%C5%BC"),
            ("https://fir\u00adma.pl/ł", "https://firma.pl/%C5%82"),
            ("https://x.pl/a ł", "https://x.pl/a l"),
            ("müller@x.de, ł", "müller@x.de, l"),
            # no addresses
            ("Zespół@Serwis", "Zespol@Serwis"),
            ("Łódź @ 8:00", "Lodz @ 8:00"),
        ):
            self.assertEqual(gsm.to_plain(text), plain)

    def test_d03_what_can_not_be_encoded_stays_as_it_is(self):
        for text in ("żółw@x.pl ł", "https://[ż ł", "http://ż:ab/ ł"):
            self.assertEqual(gsm.to_plain(text), text)
            address = text.removesuffix(" ł")
            self.assertEqual(ascii_address.encode(address), address)

    def test_d03_long_words_take_no_time(self):
        """Read from each of its letters on, such a text takes minutes."""
        for text in ("ł" * 99_999, "ł@" * 50_000, "ł@a" + ".b" * 50_000):
            self.assertEqual(len(gsm.to_plain(text)), len(text))

    def test_d03_the_companys_mailbox_in_an_sms(self):
        self.company.write({"phone": False, "email": f"biuro@{DOMAIN}"})
        self.send(self.line(), name="Żywopłot")
        [(_number, text)] = self.texts
        self.assertIn("Zywoplot", text)
        self.assertIn(f"biuro@{ENCODED}", text)
