import inspect
import re
import threading
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from socketserver import StreamRequestHandler, ThreadingTCPServer
from unittest.mock import Mock, patch

from odoo.tests import tagged

from ..models.channel.email.short_way.crm_task_reminder_channel_email import SPARED
from ..tools import letter
from .common import ReminderCommon

#: What Odoo calls on the way as well, but not for a plain mail by a company's account,
#: or only for the first mail of a kind.
NOT_FOR_PLAIN = {
    "_disable_send",
    "_estimate_email_size",
    "_connect__",
    "_get_max_email_size",
}


class Sink(StreamRequestHandler):
    """A mail server that takes all but what is named in ``answers``."""

    def handle(self):
        self.wfile.write(b"220 ready\r\n")
        for line in self.rfile:
            command, answer = line[:4].upper(), b"250 Ok"
            if command == b"RCPT":
                answer = self.server.answers.get(line[9:].strip(b"<>\r\n"), answer)
            if command == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                lines = iter(self.rfile.readline, b".\r\n")
                self.server.mails.append(b"".join(lines))
            self.wfile.write(answer + b"\r\n")
            if command == b"QUIT":
                return


@tagged("post_install", "-at_install")
class TestShortWay(ReminderCommon):
    """Plain mails are written at once, and are the mails that Odoo would make."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sink = ThreadingTCPServer(("127.0.0.1", 0), Sink)
        cls.sink.daemon_threads = True
        threading.Thread(target=cls.sink.serve_forever, daemon=True).start()
        cls.addClassCleanup(cls.sink.server_close)
        cls.addClassCleanup(cls.sink.shutdown)
        cls.mail_server.smtp_port = cls.sink.server_address[1]
        cls.channel = cls.env["crm.task.reminder.channel.email"]

    def setUp(self):
        super().setUp()
        self.sink.mails, self.sink.answers = [], {}

    def _remind(self, *customers, **values):
        """Remind customers by mails that leave by Python's own smtplib.

        :param customers: name and address of each
        :param values: of their tasks
        :return crm.task.reminder.log:
        """
        partners = self.env["res.partner"].create(
            [{"name": name, "email": email} for name, email in customers]
        )
        line = self.line(channel="email")
        tasks = [
            self.create_task(line, partner_id=one.id, **values) for one in partners
        ]
        self.pass_time(hours=1)
        self.env.flush_all()
        servers = self.env.registry["ir.mail_server"]
        with patch.object(servers, "_disable_send", lambda _server: False):
            self.cron.with_user(self.cron.user_id).method_direct_trigger()
        tasks = [task.id for task in tasks]
        return self.log.search([("task_id", "in", tasks)], order="id")

    def _send_for_real(self, *customers, **values):
        """Remind customers, whom all of it reaches.

        :return list[EmailMessage]: what the mail server has got
        """
        rows = self._remind(*customers, **values)
        self.assertEqual(set(rows.mapped("state")), {"sent"})
        self.assertEqual(set(rows.mapped("answer")), {"250 Ok"})
        self.assertEqual(
            set(rows.notification_id.mapped("notification_status")), {"sent"}
        )
        self.assertFalse(rows.message_id.mail_ids, "as Odoo deletes them")
        rules = policy.default
        return [message_from_bytes(mail, policy=rules) for mail in self.sink.mails]

    def _watch(self):
        """Make each mail in both ways.

        :return list[tuple]: filled later; what Odoo makes of a mail, and what left
        """
        pack, pairs = type(self.channel)._pack, []

        def pack_twice(channel, row, mail, line, *settings):
            moulds, line.moulds = line.moulds, None
            [long] = pack(channel, row, mail, line, *settings)
            line.moulds = moulds
            mail.state = "outgoing"
            [left] = pack(channel, row, mail, line, *settings)
            pairs.append((long, left))
            return [left]

        self.startPatcher(
            patch.object(self.env.registry[self.channel._name], "_pack", pack_twice)
        )
        return pairs

    def _count_short(self, pairs):
        """Check that mails are the same in both ways; return how many were written."""
        short = 0
        for long, left in pairs:
            self.assertEqual(left.smtp_from, long.smtp_from)
            self.assertEqual(left.smtp_to, long.smtp_to)
            content = left.message
            if isinstance(content, bytes):
                short += 1
            else:
                content = letter.flatten(content)
            self.assertEqual(
                letter._mask(content), letter._mask(letter.flatten(long.message))
            )
        return short

    def test_first_mail_is_made_by_odoo_and_the_others_are_the_same(self):
        pairs = self._watch()
        mails = self._send_for_real(
            ("Karol Klient", "k@klient.example"),
            ("Anna Nowak", "anna.nowak+1@klient.example"),
            ("Łukasz Żółć", "Lukasz@Klient.example"),
            ('Dr. "X", Y', "x_y@klient.example"),
            ("Jürgen", "j@bücher.example"),
        )
        self.assertEqual(self._count_short(pairs), 4)
        self.assertEqual(
            [mail["To"].addresses[0].display_name for mail in mails],
            ["Karol Klient", "Anna Nowak", "Łukasz Żółć", 'Dr. "X", Y', "Jürgen"],
        )
        for mail in mails:
            self.assertEqual(mail["Auto-Submitted"], "auto-generated")
            self.assertIn("Mow the lawn", mail.get_body(("plain",)).get_content())
            self.assertIn("Mow the lawn", mail.get_body(("html",)).get_content())

    def test_e02_words_of_a_subject_stay_apart(self):
        """Odoo makes the first of the two; it had “żywopłotułazienki”."""
        title = "Kontrola pomiary wentylacji żywopłotu łazienki"
        pairs = self._watch()
        for mail in self._send_for_real(
            ("Anna", "a@b.example"), ("Ewa", "e@b.example"), name=title
        ):
            self.assertIn(f"{title}, Tue 14 Jul", str(mail["Subject"]))
        self.assertEqual(self._count_short(pairs), 1)

    def test_e20_names_of_sender_and_recipient_stay_whole(self):
        """Behind “KG,” stood a second sender, and mail servers refuse such a mail."""
        self.company.name = "Müller & Söhne Heizungsbau GmbH & Co. KG, Zweigstelle Köln"
        self.company.reminder_user_id.partner_id.name = "Łukasz Wiśniewski"
        name = "Przychodnia Śródmieście, Warszawa (rejestracja) Sp. z o.o."
        pairs = self._watch()
        self._send_for_real((name, "a@b.example"), (name, "e@b.example"))
        self.assertEqual(self._count_short(pairs), 1)
        sender = f"Łukasz Wiśniewski ({self.company.name})"
        for mail in self.sink.mails:
            for header, wanted in (("From", sender), ("To", name)):
                lines = message_from_bytes(mail)[header]
                encoded, _space, address = lines.rpartition(" ")
                text = str(make_header(decode_header(encoded)))
                self.assertEqual(text, wanted, lines)
                self.assertRegex(address, r"^<[^ ]+@[^ ]+>$")
                # nothing bare that would be more than a name
                self.assertRegex(encoded, r"^(=\?utf-8\?[bq]\?[^?,]+\?=\s*)+$")

    def test_headers_of_an_addon_and_the_address_for_bounces(self):
        domain = self.env["mail.alias.domain"].create({"name": "dom.example"})
        self.company.alias_domain_id = domain
        create = type(self.channel)._create_outgoing

        def add_headers(channel, company, deliveries, messages):
            for number, delivery in enumerate(deliveries):
                url = f"<https://dom.example/stop/{'x' * 60}{number}>"
                delivery.content["headers"] = {
                    "List-Unsubscribe": url,
                    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                }
            return create(channel, company, deliveries, messages)

        pairs = self._watch()
        channels = self.env.registry[self.channel._name]
        with patch.object(channels, "_create_outgoing", add_headers):
            mails = self._send_for_real(("A", "a@k.example"), ("B", "b@k.example"))
        self.assertEqual(self._count_short(pairs), 1)
        self.assertEqual(mails[1]["Return-Path"], domain.bounce_email)
        self.assertEqual(pairs[1][1].smtp_from, domain.bounce_email)
        self.assertTrue(mails[1]["List-Unsubscribe"].endswith("1>"))

    def test_what_is_not_plain_is_made_by_odoo(self):
        template = self.env.ref("crm_task_reminder.mail_template_customer")
        attachment = self.env["ir.attachment"].create({"name": "a.txt", "raw": b"a"})
        letter_html = template.body_html
        for values in (
            {"email_cc": "copy@dom.example"},
            {"attachment_ids": attachment.ids},
            {"body_html": f'{letter_html}<a href="/my/tasks">All</a>'},
            {"body_html": f'{letter_html}<img src="/logo.png"/>'},
            {"email_layout_xmlid": "mail.mail_notification_layout"},
        ):
            with self.subTest(values=values):
                before = {name: template[name] for name in values}
                template.write(values)
                pairs = self._watch()
                self._send_for_real(("A", "a@k.example"), ("B", "b@k.example"))
                self.assertEqual(len(pairs), 2)
                self._count_short(pairs)
                template.write(before)

    def test_name_with_a_second_address_is_for_odoo_to_judge(self):
        pairs = self._watch()
        self._send_for_real(
            ("A", "a@k.example"),
            ("me@evil.example", "b@k.example"),
            ("Łukasz me@evil.example", "c@k.example"),
        )
        self.assertEqual(self._count_short(pairs), 0)

    def test_an_override_of_any_part_is_noticed(self):
        self.assertTrue(self.channel._is_odoo_alone())
        for model, names in SPARED.items():
            for name in names:
                with (
                    self.subTest(model=model, name=name),
                    patch.object(self.env.registry[model], name, Mock()),
                ):
                    self.assertFalse(self.channel._is_odoo_alone())

    def test_all_that_odoo_calls_on_the_way_is_known(self):
        """A step that an update of Odoo adds may be overridden as well."""
        called = set()
        for model, names in SPARED.items():
            for name in names:
                for part in type(self.env[model]).mro():
                    if name in vars(part):
                        source = inspect.getsource(getattr(part, name))
                        called |= set(re.findall(r"\w\.(_\w+|send_email)\(", source))
        spared = {name for names in SPARED.values() for name in names}
        steps = {
            name
            for name in called - spared - NOT_FOR_PLAIN
            for model in SPARED
            if hasattr(self.env[model], name)
        }
        self.assertEqual(steps, set())

    def test_mail_that_odoo_makes_in_another_way_is_no_mould(self):
        """Whatever changes it, and by whatever means."""
        flatten, written = letter.flatten, []
        pack_shortly = type(self.channel)._pack_shortly

        def count(*args):
            written.append(args)
            return pack_shortly(*args)

        channels = self.env.registry[self.channel._name]
        with (
            patch.object(
                letter, "flatten", lambda mail: flatten(mail).replace(b"Dear", b"Hello")
            ),
            patch.object(channels, "_pack_shortly", count),
        ):
            self._send_for_real(("A", "a@k.example"), ("B", "b@k.example"))
        self.assertEqual(len(written), 1, "for the comparison")

    def test_what_the_server_answers_means_the_same(self):
        self.sink.answers = {b"b@k.example": b"550 No", b"c@k.example": b"451 Later"}
        pairs = self._watch()
        rows = self._remind(*((name, f"{name}@k.example") for name in "abcd"))
        self.assertEqual(self._count_short(pairs), 3)
        self.assertEqual(rows.mapped("state"), ["sent", "failed", "queued", "sent"])
        self.assertEqual(rows[1].reason, "refused")
        self.assertEqual(rows[1].detail, "550 No")
        self.assertEqual(rows[1].notification_id.notification_status, "exception")
        self.assertEqual(
            rows.message_id.mail_ids.mapped("state"), ["exception", "reminder"]
        )
        self.assertEqual(rows[2].attempt_count, 1)
