import re
from datetime import timedelta

from lxml import html

from odoo.tests import tagged

from .common import SECRETS, LinkedPageCommon


@tagged("post_install", "-at_install")
class TestPage(LinkedPageCommon):
    """What a customer sees, and can do."""

    def test_it_says_what_the_message_said(self):
        response = self.get(self.token)
        self.assertEqual(response.status_code, 200)
        for part in (
            "Zielony Dom",
            "Mow the lawn",
            "Tuesday",
            "14 July",
            "10:00",
            "I'm coming",
            "I can't come",
            "Another time, please",
            "Add to calendar",
            "+48221234567",
        ):
            self.assertIn(part, response.text.replace("&#39;", "'"))
        for part in SECRETS:
            self.assertNotIn(part, response.text)

    def test_it_says_where(self):
        """By the task, else by its project."""
        self.assertNotIn('class="where"', self.get(self.token).text)
        self.project.reminder_place = "Polna 3"
        _task, token = self.send_link()
        self.assertIn('class="where">Polna 3<', self.get(token).text)
        _task, token = self.send_link(reminder_place="At <home>")
        text = self.get(token).text
        self.assertIn('class="where">At &lt;home&gt;<', text)
        self.assertNotIn("Polna", text)
        self.assertNotIn("home", self.get(token, "/stop").text)

    def test_e01_a_number_is_dialled_as_people_mean_it(self):
        self.company.phone = "+49 (0)30 901820"
        link = r'<a class="button" href="tel:\+4930901820">Call \+49 \(0\)30 901820</a>'
        self.assertRegex(self.get(self.token).text, link)
        self.company.phone = "1-800-FLOWERS"
        text = self.get(self.token).text
        self.assertNotIn("tel:", text)
        self.assertRegex(text, r"\n1-800-FLOWERS</footer>")

    def test_e01_date_reads_from_the_readers_side(self):
        """As in the e-mail: in Hebrew the month and the time changed places."""
        self.env["res.lang"]._activate_lang("he_IL")
        for code, direction in (("he_IL", "rtl"), ("en_US", "ltr")):
            self.customer.lang = code
            _task, token = self.send_link(self.line(channel="email"))
            text = self.get(token).text
            self.assertIn(f'class="when" dir="{direction}"', text)
            # all else may be translated or not, and a wish is in the reader's words
            self.assertIn("unicode-bidi: plaintext", text)
            self.assertRegex(text, r'<textarea[^>]* dir="auto"')

    def test_it_is_small_and_needs_nothing_else(self):
        response = self.get(self.token)
        self.assertLessEqual(len(response.content), 20_000)
        for part in ("<script", "<link", "@import", "http:", "onclick"):
            self.assertNotIn(part, response.text)
        self.assertNotIn("Set-Cookie", response.headers)

    def test_it_is_small_in_any_state(self):
        """At most 20 kB, with the longest title and wish, in each language."""
        line = self.line(channel="email")
        place = {"reminder_place": "Żabia 3 " * 20}
        _task, token = self.send_link(line, name="Żywopłot " * 40, **place)
        for code in ("en_US", "pl_PL", "de_DE"):
            self.env["res.lang"]._activate_lang(code)
            self.links.search([]).lang = code
            self.post(token, answer="other", text="ż" * 500)
            for place in ("", "?answer=declined", "/stop"):
                page = self.get(token, place)
                self.assertIn("Żywopłot " * 39, page.text)
                self.assertLessEqual(len(page.content), 20_000, (code, place))
        self.assertLessEqual(len(self.get("A" * 11).content), 20_000)

    def test_its_headers_keep_it_private(self):
        for place in ("", "/stop", "/task.ics"):
            response = self.get(self.token, place)
            self.assertEqual(response.status_code, 200, response.text)
            headers = response.headers
            self.assertEqual(headers["Referrer-Policy"], "no-referrer")
            self.assertIn("noindex", headers["X-Robots-Tag"])
            self.assertEqual(headers["Cache-Control"], "no-store")
        policy = self.get(self.token).headers["Content-Security-Policy"]
        self.assertIn("default-src 'none'", policy)
        self.assertNotIn("unsafe", policy)

    def test_it_is_in_the_language_and_zone_of_the_reader(self):
        for code, words in {"pl_PL": "wtorek", "de_DE": "Dienstag"}.items():
            self.env["res.lang"]._activate_lang(code)
            self.customer.lang = code
            self.task, token = self.send_link()
            text = self.get(token).text
            self.assertIn(f'lang="{code.replace("_", "-")}"', text)
            self.assertIn(words, text.lower() if code == "pl_PL" else text)

    def test_the_three_answers(self):
        for kind in ("coming", "declined", "other"):
            response = self.post(self.token, answer=kind)
            self.assertEqual(response.status_code, 200)
            self.assertIn("Thank you", response.text)
            self.env.invalidate_all()
            self.assertEqual(self.task.reminder_answer, kind)
        self.assertEqual(len(self.task.reminder_answer_ids), 1)

    def test_an_answer_leads_back_to_the_page_below_any_prefix(self):
        response = self.post(self.token, answer="coming", follow=False)
        self.assertEqual(response.status_code, 303)
        self.assertEqual(response.headers["Location"], self.token)
        self.assertIn('action=""', self.get(self.token).text)

    def test_the_office_may_read_who_has_written_what_comes_of_it(self):
        """It was the public user, of another company: the chatter was an error."""
        self.post(self.token, answer="declined")
        self.env.invalidate_all()
        [activity] = self.task.activity_ids
        reader = activity.with_user(self.assignee)
        self.assertTrue(reader.create_uid.name)
        self.assertEqual(activity.create_uid, self.env.ref("base.user_root"))

    def test_who_has_dealt_with_an_answer_hears_of_the_next_one(self):
        """It was written onto the activity that was done, which nobody sees."""
        self.post(self.token, answer="declined")
        self.env.invalidate_all()
        self.task.activity_ids.with_user(self.assignee).action_feedback()
        self.assertFalse(self.task.activity_ids)
        self.post(self.token, answer="other", text="Friday?")
        self.env.invalidate_all()
        [activity] = self.task.activity_ids
        self.assertIn("Friday?", activity.note)

    def test_an_archived_task_is_in_nobodys_way(self):
        """The proposal of the page's activity is that of the window."""
        day = timedelta(days=1)
        start = self.task.planned_date_begin
        self.create_task(active=False).planned_date_begin = start + day
        self.assertEqual(self.task._find_reminder_free_start(), start + day)
        self.post(self.token, answer="declined")
        self.env.invalidate_all()
        self.assertIn("Wed 15 Jul", self.task.activity_ids.note)

    def test_a_wish_is_text(self):
        wish = "<b>Friday</b> <script>alert(1)</script>\r\n& later"
        response = self.post(self.token, answer="other", text=wish)
        self.env.invalidate_all()
        answer = self.task.reminder_answer_ids
        self.assertEqual(answer.text, wish.replace("\r\n", "\n"))
        self.assertNotIn("<script", response.text)
        self.assertIn("&lt;script&gt;", response.text)
        note = self.task.message_ids[:1].body
        self.assertNotIn("<script", note)
        self.assertIn("&lt;b&gt;", note)

    def test_e12_a_wish_is_not_lost_by_pressing_again(self):
        """The field was empty, and sent as it was it took the wish back."""
        self.post(self.token, answer="other", text="<b>Friday</b>\r\nat 8")
        page = html.document_fromstring(self.get(self.token).text)
        [wish] = page.xpath("//textarea")
        self.assertEqual(wish.text, "<b>Friday</b>\nat 8")
        self.post(self.token, answer="other", text=wish.text)
        self.assertEqual(self.task.reminder_answer_ids.text, "<b>Friday</b>\nat 8")
        self.answer(self.task, text="TAK")  # as by SMS
        page = html.document_fromstring(self.get(self.token).text)
        self.assertFalse(page.xpath("//textarea")[0].text)

    def test_a_wish_has_500_characters(self):
        response = self.post(self.token, answer="other", text="ż" * 501)
        self.assertEqual(response.status_code, 422)
        self.assertIn("ż" * 501, response.text)
        self.assertFalse(self.answers.search([]))
        response = self.post(self.token, answer="other", text="ż\r\n" * 250)
        self.assertEqual(response.status_code, 200)

    def test_a_chosen_answer_is_not_an_answer(self):
        response = self.url_open(f"/a/{self.token}?answer=declined")
        self.assertIn('value="declined" class="first"', response.text)
        self.assertFalse(self.answers.search([]))

    def test_it_can_be_changed_until_the_start(self):
        nonce = self.get_nonce(self.token)
        self.set_now(self.task.planned_date_begin - timedelta(seconds=1))
        self.post(self.token, answer="coming", nonce=nonce)
        self.pass_time(seconds=1)
        self.post(self.token, answer="declined", nonce=nonce)
        self.env.invalidate_all()
        self.assertEqual(self.task.reminder_answer, "coming")
        text = self.get(self.token).text
        self.assertIn("be answered any more", text)
        self.assertNotIn('name="answer"', text)

    def test_a_moved_start_is_not_told_nor_answered(self):
        nonce = self.get_nonce(self.token)
        self.task.planned_date_begin += timedelta(days=1)
        text = self.get(self.token).text
        self.assertIn("has been moved", text)
        self.assertNotIn("15 July", text)
        self.assertNotIn('name="answer"', text)
        self.post(self.token, answer="coming", nonce=nonce)
        self.assertFalse(self.answers.search([]))
        self.assertEqual(self.get(self.token, "/task.ics").status_code, 404)

    def test_what_is_called_off_says_so(self):
        self.task.state = "1_canceled"
        text = self.get(self.token).text
        self.assertIn("does not take place", text)
        self.assertIn("14 July", text)
        self.assertNotIn('name="answer"', text)
        # what was moved before that, without being told
        self.task.planned_date_begin += timedelta(days=1)
        text = self.get(self.token).text
        self.assertIn("does not take place", text)
        self.assertNotIn("July", text)

    def test_a_task_without_a_start_was_not_moved(self):
        self.task.planned_date_begin = False
        text = self.get(self.token).text
        self.assertIn("has no date at present", text)
        self.assertNotIn("moved", text)
        self.assertNotIn("10:00", text)

    def test_a_slash_behind_the_address(self):
        """What was chosen was kept, and the answer was the page of no link."""
        nonce = self.get_nonce(self.token)
        for place, values in {
            "/": {"answer": "coming"},
            "/stop/": {"scope": "task"},
        }.items():
            text = self.get(self.token, place).text
            response = self.post(self.token, place, nonce=nonce, **values)
            self.assertEqual(response.status_code, 200)
            self.assertRegex(response.text, "You have answered|Done:")
        text = self.get(self.token, "/").text
        for link in re.findall(r'href="([^":]+)"', text):
            response = self.url_open(f"/a/{self.token}/{link}")
            self.assertEqual(response.status_code, 200, link)
