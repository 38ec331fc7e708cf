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
            ("HTTP://x.pl/?q=ł%20a#ż", "HTTP://x.pl/?q=%C5%82%20a#%C5%BC"),
            # for Python's own codec it would be strasse.de, which is another one
            ("info@straße.de, ł", "info@xn--strae-oqa.de, l"),
            ("biuro@żółw.pl... ł", "biuro@xn--w-uga1v8h.pl... l"),
            ("[www.żółw.pl?] ł", "[www.xn--w-uga1v8h.pl?] l"),
            ("https://fir\u00adma.pl/ł", "https://firma.pl/%C5%82"),
            ("https://x.pl/a ł", "https://x.pl/a l"),
            ("müller@x.de, ł", "müller@x.de, l"),
            # no addresses, or their neighbours
            ("Zespół@Serwis", "Zespol@Serwis"),
            ("Przegląd@14.30", "Przeglad@14.30"),
            ("Spotkanie@ul.Długa 5", "Spotkanie@ul.Dluga 5"),
            ("biuro@firma.pl.Życzymy", "biuro@firma.pl.Zyczymy"),
            ("https://x.pl,żółw", "https://x.pl,zolw"),
            ("https://[ż", "https://[z"),
            ("Łódź @ 8:00, www. ł", "Lodz @ 8:00, www. l"),
        ):
            self.assertEqual(gsm.to_plain(text), plain)

    def test_d03_what_can_not_be_encoded_stays_as_it_is(self):
        for address in ("żółw@x.pl", "https://user:hasło@x.pl/"):
            self.assertEqual(gsm.to_plain(f"{address} ł"), f"{address} ł")
            self.assertEqual(ascii_address.encode(address), address)

    def test_d03_an_address_in_ascii_is_left_alone(self):
        for address in (
            "odoo.firma.pl",
            "localhost:8069",
            "https://ERP.Firma.pl",
            "https://odoo..firma.pl:80a/?",
            "https://x.pl/a|b[1]",
        ):
            self.assertEqual(ascii_address.encode(address), address)

    def test_d03_a_title_is_cut_before_an_address(self):
        """The beginning of an address is another one."""
        title = f"Oferta na https://{DOMAIN}/oferta i podpisanie umowy"
        address = f"https://{ENCODED}/oferta"
        for filled, ending in (
            (60, f" Oferta na {address} i podpisanie umowy"),
            (100, f" Oferta na {address} i podpis..."),
            (115, " Oferta na..."),
        ):
            text = "x" * filled + " {}"
            fitted = gsm.fit(text.format(title), title, 1, gsm.to_plain)
            self.assertEqual(gsm.count_parts(fitted), 1)
            self.assertTrue(fitted.endswith(f"x{ending}"), fitted)

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

    def test_b06_a_domain_with_a_sharp_s_is_not_another_one(self):
        self.customer.email = "karol@straße.example"
        self.send(self.line(channel="email"))
        self.assertEqual(self.addresses, ["karol@xn--strae-oqa.example"])
