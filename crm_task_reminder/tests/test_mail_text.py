from odoo.tests import BaseCase, tagged

from ..tools.plain_text import to_text
from .common import ReminderCommon

LETTER = """\
Dear Karol Klient,

We would like to remind you of Mow the lawn on Tue 14 Jul, 10:00 AM.

If the date does not suit you or you have a question, simply reply to this e-mail or \
contact us: +48221234567.

Kind regards,
Zielony Dom"""


@tagged("post_install", "-at_install")
class TestMailText(ReminderCommon):
    """The part of an e-mail for mail programs that show no HTML."""

    def _get_text(self):
        [mail] = self.mails
        part = mail["EmailMessage"].get_body(("plain",))
        return part.get_content().strip()

    def _set_body(self, body, **values):
        template = self.env.ref("crm_task_reminder.mail_template_customer")
        template.write({"body_html": body, **values})

    def test_e02_text_part_is_the_letter(self):
        self.send(self.line(channel="email"))
        self.assertEqual(self._get_text(), LETTER)

    def test_e02_words_of_a_title_stay_apart(self):
        """What a title has from other programs at the end of a line was dropped."""
        name = "Mow\u2028the\x0blawn\x85now"
        self.send(self.line(channel="email"), name=name)
        self.assertIn("remind you of Mow the lawn now on", self._get_text())
        [mail] = self.mails
        self.assertIn("Mow the lawn now", mail["subject"])
        # in the letter, and in its frame
        self.assertEqual(mail["body"].count("Mow the lawn now"), 3)

    def test_e02_also_in_another_layout(self):
        template = self.env.ref("crm_task_reminder.mail_template_customer")
        template.email_layout_xmlid = "mail.mail_notification_light"
        self.send(self.line(channel="email"))
        self.assertEqual(self._get_text(), LETTER)

    def test_e02_start_is_told_where_the_letter_does_not(self):
        self._set_body("<p>We are looking forward to it.</p>")
        self.send(self.line(channel="email"))
        self.assertEqual(
            self._get_text(), "Tue 14 Jul, 10:00 AM\n\nWe are looking forward to it."
        )

    def test_e02_links_lead_to_the_server(self):
        self._set_body('<p><a href="/my/tasks">Your dates</a></p>')
        self.send(self.line(channel="email"))
        self.assertRegex(self._get_text(), r"Your dates \(http.+/my/tasks\)")

    def test_e02_attachment_that_becomes_a_link_is_in_the_text(self):
        attachment = self.env["ir.attachment"].create(
            {"name": "Price list", "type": "url", "url": "https://files.example/1"}
        )
        self._set_body("<p>Hello</p>", attachment_ids=attachment.ids)
        self.send(self.line(channel="email"))
        self.assertIn("Price list", self._get_text())

    def test_e02_test_to_oneself_and_mail_that_is_sent_again(self):
        task = self.create_task(self.line(channel="email"))
        preview = self.env["crm.task.reminder.preview"].with_user(self.assignee)
        preview = preview.create({"reminder_id": task.reminder_ids.id})
        with self.mock_mail_gateway():
            preview.action_send_test()
        self.mails = self._mails
        self.assertEqual(self._get_text(), LETTER)
        self.pass_time(hours=1)
        with self.mock_mail_gateway():
            self.cron.method_direct_trigger()
            mail = self._new_mails
            mail.write({"state": "exception"})
            mail.mark_outgoing()
            self._mails.clear()
            mail.send()
        self.mails = self._mails
        self.assertEqual(self._get_text(), LETTER)

    def test_other_mails_keep_their_text(self):
        mail = self.env["mail.mail"].create(
            {"body_html": "<p>Hello <b>you</b></p>", "email_to": "a@b.example"}
        )
        [values] = mail._prepare_outgoing_list()
        self.assertEqual(values["body_alternative"], "Hello *you*")


@tagged("post_install", "-at_install")
class TestPlainText(BaseCase):
    """HTML as a person would type it."""

    def test_e02_as_a_person_would_type_it(self):
        for source, text in (
            ("", ""),
            ("  \n", ""),
            ("Hello", "Hello"),
            ("<p>One\n   two</p>\n<p>three</p>", "One two\n\nthree"),
            ("<div>One</div><div>two<br/></div><div>three</div>", "One\ntwo\nthree"),
            ("<p>One<br>two</p><p><br></p><p>three</p>", "One\ntwo\n\nthree"),
            ("<ul><li>One</li><li><p>two</p></li></ul>x", "- One\n- two\n\nx"),
            (
                "<table><tr><td>A<td>B</tr><tr><td>C</tr></table>",
                "A B\nC",
            ),
            ("<p>a&nbsp;&nbsp;b &lt;c&gt; &amp; d</p>", "a b <c> & d"),
            ('<p style="display:none">no</p><style>p {}</style><!-- no -->yes', "yes"),
            (
                "<html><head><title>no</title></head><body>yes</body></html>",
                "yes",
            ),
            ('<a href="https://a.example/x">Here</a>!', "Here (https://a.example/x)!"),
            ('<a href="https://a.example">a.example</a>', "a.example"),
            ('<a href="mailto:a@b.example">Write</a>', "Write (a@b.example)"),
            ('<a href="tel:+48221234567">+48 22 123-45-67</a>', "+48 22 123-45-67"),
            ('<a href="mailto:a@b.example?subject=x">a@b.example</a>', "a@b.example"),
            ('<a href="TEL:+48221234567">+48 22.123.4567</a>', "+48 22.123.4567"),
            ('<a href=" https://a.example/ ">a.example</a>', "a.example"),
            ('<a href="javascript:void(0)">Press</a>', "Press"),
            ('<a href="sms:+48600100200">Text</a>', "Text (sms:+48600100200)"),
            ('<a href="https://a-b.pl">A-B PL</a>', "A-B PL (https://a-b.pl)"),
            ('<a href="#top">Top</a><img src="x.png" alt=" (map)">', "Top (map)"),
        ):
            with self.subTest(source):
                self.assertEqual(to_text(source), text)

    def test_e02_numbers_and_lines_are_those_of_the_letter(self):
        """Points lost their numbers; what stood in lines of its own grew together."""
        nested = '<li class="oe-nested"><ol><li>key</li></ol></li>'
        for source, text in (
            ("<ol><li>One</li><li><p>two</p></li></ol>", "1. One\n2. two"),
            ('<ol start="3"><li>One</li></ol>', "3. One"),
            ('<ol start="x"><li>One</li></ol>', "1. One"),
            (
                f"<ol><li>Bring</li>{nested}<li>go</li></ol>",
                "1. Bring\n\n1. key\n\n2. go",
            ),
            ("<pre>One\n  two\r\n<b>three</b></pre>", "One\ntwo\nthree"),
            ('<p style="white-space: pre-line">One\ntwo</p>', "One\ntwo"),
            ("<center>One</center>two", "One\ntwo"),
            ("<figure><figcaption>One</figcaption></figure>two", "One\ntwo"),
            ("<form>One</form><main>two</main>three", "One\ntwo\nthree"),
            ("One&#8232;two", "One two"),
        ):
            with self.subTest(source):
                self.assertEqual(to_text(source), text)

    def test_e02_cells_of_a_row_and_buttons_stand_apart_on_one_line(self):
        """Each cell of Odoo's editor has a paragraph, which stood on its own line."""
        row = "<tr><td><p>{}</p></td><td><div>{}</div></td></tr>"
        table = "<table>{}</table>"
        for source, text in (
            (
                table.format(row.format("Mon", "8:00") + row.format("Tue", "9:00")),
                "Mon 8:00\nTue 9:00",
            ),
            (table.format(row.format("Mon", "8:00<br>9:00")), "Mon\n8:00\n9:00"),
            (table.format(row.format("A", "B</div><div>C")), "A\nB\nC"),
            (table.format(row.format("", "<ul><li>B</li></ul>")), "- B"),
            (table.format("<tr><td><p>A</p><p>B</p></td></tr>") + "C", "A\n\nB\n\nC"),
            (
                '<a href="https://a.example">Yes</a><a href="https://b.example">No</a>',
                "Yes (https://a.example) No (https://b.example)",
            ),
            (
                '<p><a href="https://a.example">Go</a></p>B',
                "Go (https://a.example)\n\nB",
            ),
        ):
            with self.subTest(source):
                self.assertEqual(to_text(source), text)
