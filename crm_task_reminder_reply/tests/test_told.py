from datetime import timedelta

from odoo.addons.crm_task_reminder.tools import gsm
from odoo.tests import tagged

from ..tools import told
from .common import PageCommon, ReplyCommon

PLACE = "Polna 3"


@tagged("post_install", "-at_install")
class TestPlaceInMessages(ReplyCommon):
    """Messages say where the appointment is."""

    def test_an_email_says_where(self):
        self.send(self.line(channel="email"), reminder_place="At <home>")
        [mail] = self.mails
        self.assertEqual(mail["body"].count("Where: At &lt;home&gt;"), 1)
        self.assertIn("\n\nWhere: At <home>\n\n", mail["body_alternative"])

    def test_the_projects_place_in_the_readers_language(self):
        self.project.reminder_place = PLACE
        for code, words in {
            "pl_PL": f"Gdzie: {PLACE}",
            "de_DE": f"Wo: {PLACE}",
        }.items():
            self.env["res.lang"]._activate_lang(code)
            self.customer.lang = code
            self.send(self.line(), self.line(channel="email"), name="Hedge")
            self.assertIn(f" {words}. ", self.texts[0][1])
            self.assertIn(words, self.mails[0]["body"])

    def test_no_place_is_not_told(self):
        self.send(self.line(), self.line(channel="email"))
        [mail] = self.mails
        self.assertNotIn("Where", mail["body"] + mail["body_alternative"])
        self.assertNotIn("Where", self.texts[0][1])

    def test_an_sms_says_where_before_its_link(self):
        self.send(self.line(), name="Hedge", reminder_place=PLACE)
        [(_number, text)] = self.texts
        self.assertRegex(text, rf" Where: {PLACE}\. .*/a/\w{{11}}$")
        self.assertEqual(gsm.count_parts(text), 1)

    def test_a_place_never_costs_a_further_sms(self):
        for length in range(5, 120, 5):
            place = "ż" * length
            self.send(self.line(), name="Hedge", reminder_place=place)
            [(_number, text)] = self.texts
            self.assertEqual(gsm.count_parts(text), 1, text)
        self.assertNotIn("Where", text)

    def test_a_place_is_more_than_how_to_answer(self):
        company = self.registry["res.company"]
        for length in range(5, 80, 5):
            text = f"Reply YES or NO to {'1' * length}."
            self.patch(
                company, "_get_reminder_reply_hint", lambda _one, text=text: text
            )
            self.send(self.line(), name="Hedge", reminder_place=PLACE)
            self.assertIn("Where", self.texts[0][1])

    def test_what_the_template_says_is_not_said_twice(self):
        for name in ("mail", "sms"):
            template = self.env.ref(f"crm_task_reminder.{name}_template_customer")
            field = "body_html" if name == "mail" else "body"
            template[field] = f"{template[field]} In {PLACE}"
        self.send(
            self.line(), self.line(channel="email"), name="Hedge", reminder_place=PLACE
        )
        [mail] = self.mails
        for text in (self.texts[0][1], mail["body"], mail["body_alternative"]):
            self.assertEqual(text.count(PLACE), 1, text)

    def test_neither_the_staff_nor_who_need_not_come_are_told(self):
        news = {"moment": "called_off"}
        task = self.send(
            self.line("operator"),
            self.line("operator", "email"),
            self.line(),  # called off is only what was told
            self.line(channel="email", **news),
            reminder_place=PLACE,
        )
        [mail] = self.mails
        staff = [text for _number, text in self.texts if "/a/" not in text]
        self.assertEqual(len(staff), 1)
        self.assertNotIn(PLACE, f"{staff}{mail['body']}{mail['body_alternative']}")
        self.assertNotIn("reminder-place", mail["body"])
        task.state = "1_canceled"
        self.pass_time(minutes=6)
        self.run_service()
        [mail] = self.mails
        self.assertNotIn(PLACE, mail["body"] + mail["body_alternative"])

    def test_a_layout_of_the_templates_own_has_it_too(self):
        template = self.env.ref("crm_task_reminder.mail_template_customer")
        template.email_layout_xmlid = "mail.mail_notification_light"
        self.send(self.line(channel="email"), reminder_place=PLACE)
        [mail] = self.mails
        head, _where, tail = mail["body"].partition(f"Where: {PLACE}")
        self.assertNotIn("?answer=coming", head)
        self.assertIn("?answer=coming", tail)

    def test_a_preview_shows_it(self):
        task = self.create_task(
            self.line(), self.line(channel="email"), name="Hedge", reminder_place=PLACE
        )
        for line in task.reminder_ids:
            preview = self.env["crm.task.reminder.preview"].create(
                {"reminder_id": line.id}
            )
            self.assertIn(f"Where: {PLACE}", preview.content)


@tagged("post_install", "-at_install")
class TestToldOnPage(PageCommon):
    """The page says nothing but what the message said."""

    def look(self, token):
        """Return all that a link shows: page, entry for the calendar, opting out."""
        places = ("", "/task.ics", "/stop")
        return [self.get(token, place).text for place in places]

    def set_texts(self, text):
        """Give both templates a text of one's own, and nothing around it."""
        layout = self.env["ir.ui.view"].create(
            {"name": "Bare", "type": "qweb", "arch": "<div t-out='body'/>"}
        )
        xmlid = "crm_task_reminder_reply.bare"
        self.env["ir.model.data"]._update_xmlids([{"xml_id": xmlid, "record": layout}])
        mail = self.env.ref("crm_task_reminder.mail_template_customer")
        letter = "<p>We see you <t t-out='object.reminder_start'/></p>"
        mail.write({"subject": text, "body_html": letter, "email_layout_xmlid": xmlid})
        self.env.ref("crm_task_reminder.sms_template_customer").body = text

    def send_both(self, **values):
        """Send a reminder in both forms; return its task and the two tokens."""
        lines = self.line(), self.line(channel="email")
        return self.send(*lines, **values), self.get_tokens()

    def test_e02_words_of_a_title_stay_apart(self):
        """As in the text part: what other programs end lines with is not shown."""
        name = "Mow\u2028the\x0blawn\x85now"
        for channel in ("sms", "email"):
            _task, token = self.send_link(self.line(channel=channel), name=name)
            page = self.get(token).text
            self.assertIn("<h1>Mow the lawn now</h1>", page)
            self.assertIn("<title>Mow the lawn now</title>", page)
            entry = self.get(token, "/task.ics").text
            self.assertIn("SUMMARY:Mow the lawn now", entry)

    def test_the_attached_entry_says_no_more_than_its_mail(self):
        """It had the title, which a layout of one's own may keep back."""
        self.set_texts("Reminder")
        template = self.env.ref("crm_task_reminder.mail_template_customer")
        template.reminder_calendar = True
        values = {"name": "Divorce of Karol", "reminder_place": "Court"}
        for letter, title in (
            (template.body_html, "Your appointment"),
            ("<p><t t-out='object.name'/></p>", "Divorce of Karol"),
        ):
            template.body_html = letter
            self.send(self.line(channel="email"), **values)
            [(_name, content, _kind)] = self.mails[0]["attachments"]
            self.assertIn(f"SUMMARY:{title}\r\n", content.decode())
            # the mail says where; the entry of one that does not, neither
            self.assertIn("LOCATION:Court", content.decode())

    def test_title_and_place_as_the_message_had_them(self):
        _task, tokens = self.send_both(name="Żywopłot & róże", reminder_place="Żabia 3")
        self.assertIn("Where: Zabia 3.", self.texts[0][1])
        for token in tokens:
            page, entry, stop = self.look(token)
            self.assertIn("<h1>Żywopłot &amp; róże</h1>", page)
            self.assertIn('class="where">Żabia 3<', page)
            self.assertIn("SUMMARY:Żywopłot & róże", entry)
            self.assertIn("LOCATION:Żabia 3", entry)
            self.assertIn("<h1>Żywopłot &amp; róże</h1>", stop)
            self.assertNotIn("Żabia", stop)

    def test_what_the_office_writes_later_is_not_for_the_customer(self):
        task, tokens = self.send_both(name="Hedge", reminder_place="Polna 3")
        task.write({"name": "Hedge, never pays", "reminder_place": "Back door"})
        for token in tokens:
            text = "".join(self.look(token))
            self.assertIn("<h1>Hedge</h1>", text)
            self.assertIn("SUMMARY:Hedge\r\n", text)
            # where it is no more nobody is to go
            for part in ("never pays", "Back door", "Polna"):
                self.assertNotIn(part, text)

    def test_a_title_that_the_message_keeps_to_itself(self):
        self.set_texts("We see you on {{ object.reminder_start }}.")
        _task, tokens = self.send_both(name="Divorce papers")
        self.assertEqual(len(tokens), 2)
        for token in tokens:
            page, entry, stop = self.look(token)
            self.assertNotIn("Divorce", page + entry + stop)
            self.assertIn("<h1>Your appointment</h1>", page)
            self.assertIn("SUMMARY:Your appointment", entry)

    def test_a_title_that_was_cut(self):
        name = "Lawn and " * 100
        _task, token = self.send_link(name=name)
        [(_number, text)] = self.texts
        [cut] = [part for part in text.split('"') if part.endswith("...")]
        self.assertIn(f"<h1>{cut}</h1>", self.get(token).text)
        self.assertNotIn(cut[:-3] + " Lawn", self.get(token).text)

    def test_a_place_for_which_there_was_no_room(self):
        place = "y" * 120
        _task, tokens = self.send_both(reminder_place=place)
        sms, mail = map("".join, map(self.look, tokens))
        self.assertNotIn("yy", self.texts[0][1] + sms)
        self.assertIn(place, mail.replace("\r\n ", ""))

    def test_the_start_that_was_told_is_not_there_any_more(self):
        task, token = self.send_link(name="Hedge", reminder_place="Polna 3")
        self.assertIn("Polna", self.get(token).text)
        task.planned_date_begin += timedelta(days=1)
        self.assertNotIn("Polna", self.get(token).text)

    def test_what_was_called_off_is_the_start_that_was_told(self):
        """It had been moved just before, and nobody was told that."""
        off = self.line(channel="email", moment="called_off")
        task = self.send(self.line(channel="email"), off)
        task.planned_date_begin += timedelta(days=4)
        task.state = "1_canceled"
        self.pass_time(minutes=6)
        self.run_service()
        page, entry, _stop = self.look(self.get_tokens()[-1])
        self.assertIn("does not take place", page)
        self.assertNotIn("18 July", page)
        self.assertIn("DTSTART:20260714T", entry)

    def test_a_title_without_end(self):
        """Where a part of it was told is found in a moment: it took 20 seconds."""
        lengths = []

        def alphabet(text):
            lengths.append(len(text))
            return text

        words = "Lawn and " * 1000
        for end, found in (("...", words[:40].rstrip() + "..."), ("", "")):
            text = f"A reminder of “{words[:40].rstrip()}{end}”"
            self.assertEqual(told.find(text, words, alphabet), found)
        self.assertLess(sum(lengths), 4 * len(words))

    def test_words_in_a_text(self):
        for text, words, found in (
            ("a reminder of  “Hedge”", "Hedge", "Hedge"),
            ("Hedge\nand\nlawn", "Hedge and lawn", "Hedge and lawn"),
            ("Hedge a..., Tue", "Hedge and lawn", "Hedge a..."),
            ("Hedge, Tue", "Hedge and lawn", ""),
            ("your appointment", "", ""),
            ("", "Hedge", ""),
        ):
            self.assertEqual(told.find(text, words), found, text)
        plain = told.find("Zywoplot", "Żywopłot", gsm.to_plain)
        self.assertEqual(plain, "Żywopłot")

    def test_d03_words_beside_a_sign_that_has_no_plain_form(self):
        """An SMS with it keeps all accents, and its page had lost the title."""
        for words in ("Żywopłot", "Z\u0307ywopłot 10\u202f000 m²", "Lawn", "10²"):
            for text in (words, f"{words} 🌿"):
                for alphabet in (gsm.to_plain, gsm.to_seen):
                    sent = alphabet(f"“{text}”, Tue")
                    self.assertEqual(told.find(sent, words, alphabet), words)
        self.assertEqual(told.find("“Ogród” 🌿", "Żywopłot", gsm.to_plain), "")
