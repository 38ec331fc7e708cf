import html
import re
from datetime import timedelta

from odoo.addons.crm_task_reminder.tools.limiter import Limiter
from odoo.tests import tagged

from ..controllers.reply_page import limiter
from ..tools import token as tokens
from .common import PageCommon

SECRETS = ("Karol", "karol@", "600 100", "+48600", "Adam", "access_token")


@tagged("post_install", "-at_install")
class TestPage(PageCommon):
    """What a customer sees, and can do."""

    def setUp(self):
        super().setUp()
        self.task, self.token = self.send_link()

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

    def test_all_that_opens_nothing_looks_alike(self):
        """What is unknown or cut, another's by now, too old, off or deleted."""
        seen = set()
        for wrong in ("a", "A" * 11, self.token[:-1], "x" * 300):
            seen.add(self._look_at_nothing(wrong))
        foreign, token = self.send_link()
        foreign.partner_id = self.customer.copy({"name": "Other", "phone": False})
        self._look_everywhere(token, seen)
        deleted, token = self.send_link()
        deleted.unlink()
        self._look_everywhere(token, seen)
        self.company.reminder_enabled = False
        self._look_everywhere(self.token, seen)
        self.company.reminder_enabled = True
        self.assertEqual(self.get(self.token).status_code, 200)
        self.pass_time(days=8)
        self._look_everywhere(self.token, seen)
        for place in ("/a", "/a/", f"/a/{self.token}/x", f"/a/{self.token}/stop/x"):
            seen.add(self._look_at_nothing("", url=place))
            seen.add(self._look_at_nothing("", url=place, form={"nonce": "1.a"}))
        self.assertEqual(len(seen), 1)
        [(text, _headers)] = seen
        for part in ("Zielony", "Mow", "lawn", *SECRETS):
            self.assertNotIn(part, text)

    def test_the_link_of_a_test_says_that_it_is_one(self):
        """Who had sent one to oneself was told that the link may be incomplete."""
        for place in ("", "?answer=coming", "/stop", "/task.ics"):
            response = self.get(tokens.SAMPLE, place)
            self.assertEqual(response.status_code, 404)
            self.assertIn("<h1>This is a test</h1>", response.text)
            self.assertNotIn("can't be opened", html.unescape(response.text))

    def _look_everywhere(self, token, seen):
        """Ask and answer at all places of a link that opens nothing."""
        for place in ("", "/stop", "/task.ics"):
            seen.add(self._look_at_nothing(token, place))
        for place in ("", "/stop"):
            seen.add(self._look_at_nothing(token, place, {"nonce": "1.a"}))
            click = {"List-Unsubscribe": "One-Click"}
            seen.add(self._look_at_nothing(token, place, click))

    def _look_at_nothing(self, token, place="", form=None, url=None):
        """Return text and headers of an answer, without what is new in each."""
        response = self.url_open(url or f"/a/{token}{place}", data=form)
        self.assertEqual(response.status_code, 404)
        [nonce] = re.findall(r'<style nonce="([^"]+)"', response.text)
        headers = {
            name: value.replace(nonce, "")
            for name, value in response.headers.items()
            if name != "Date"
        }
        return response.text.replace(nonce, ""), str(sorted(headers.items()))

    def test_all_that_opens_nothing_takes_as_long(self):
        """The database is asked as often, whatever is wrong."""
        foreign, other = self.send_link()
        foreign.partner_id = self.customer.copy({"name": "Other", "phone": False})
        token = self.token
        wrong = ("A" * 11, token[:-1], other)
        counts = [self._count_questions(one) for one in wrong]
        self.pass_time(days=8)
        counts.append(self._count_questions(token))
        self.company.reminder_enabled = False
        counts.append(self._count_questions(token))
        self.assertLessEqual(max(counts) - min(counts), 1, counts)
        self.assertGreater(min(counts), 5)

    def _count_questions(self, token):
        """Return how often the database is asked about a token that opens nothing."""
        self.get("B" * 11)  # what is asked once in a while
        before = self.env.cr.sql_log_count
        self.assertEqual(self.get(token).status_code, 404)
        return self.env.cr.sql_log_count - before

    def test_too_many_requests_have_to_wait(self):
        nonce = self.get_nonce(self.token)
        limiter._counts.clear()
        for _time in range(60):
            self.assertNotEqual(self.get("A" * 11).status_code, 429)
        self.assertEqual(self.get(self.token).status_code, 429)
        for place, answer in {
            "": {"answer": "coming"},
            "/stop": {"scope": "all"},
        }.items():
            response = self.post(self.token, place, nonce=nonce, **answer)
            self.assertEqual(response.status_code, 429)
        self.assertFalse(self.answers.search([]))
        self.pass_time(minutes=1)
        self.assertEqual(self.get(self.token).status_code, 200)

    def test_requests_are_counted_by_address_and_minute(self):
        """Of IPv6 a household has a network; what is no address is counted, too."""
        counts = Limiter()
        near = ("2001:db8:1:2::1", "2001:db8:1:2:ffff::2", "2001:DB8:1:2::3")
        self.assertEqual(
            [counts.takes(address, 2) for address in near], [True, True, False]
        )
        for address in ("2001:db8:1:3::1", "192.0.2.1", "192.0.2.2", "", "unknown"):
            allowed = [counts.takes(address, 2) for _time in range(3)]
            self.assertEqual(allowed, [True, True, False], address)
        # a server that listens for both has addresses of IPv4 in the form of IPv6
        for address in ("::ffff:192.0.2.3", "::ffff:192.0.2.4", "fe80::1%eth0"):
            allowed = [counts.takes(address, 2) for _time in range(3)]
            self.assertEqual(allowed, [True, True, False], address)
        self.assertFalse(counts.takes("192.0.2.3", 2))
        self.pass_time(minutes=1)
        self.assertTrue(counts.takes(near[0], 2))
        self.assertTrue(all(counts.takes(near[0], 0) for _time in range(100)))

    def test_a_foreign_page_can_not_answer(self):
        _task, other = self.send_link()
        foreign = self.get_nonce(other)
        accented = f"{foreign[:10]}.{'ż' * 64}"
        for nonce in ("", "1", "abc", foreign, f"{foreign[:10]}.{'0' * 64}", accented):
            response = self.post(self.token, answer="coming", nonce=nonce)
            self.assertEqual(response.status_code, 422, nonce)
        self.assertFalse(self.answers.search([]))

    def test_a_page_that_was_open_for_a_day_is_asked_again(self):
        self.task.planned_date_begin += timedelta(days=5)
        self.send(self.line())
        token = self.get_tokens()[0]
        nonce = self.get_nonce(token)
        self.pass_time(days=1, seconds=1)
        limit = self.post(token, answer="coming", nonce=nonce)
        self.assertEqual(limit.status_code, 422)

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
