import html
import re
from datetime import timedelta

from odoo.addons.crm_task_reminder.tools.limiter import Limiter
from odoo.tests import tagged

from ..controllers.reply_page import limiter
from ..tools import token as tokens
from .common import SECRETS, LinkedPageCommon


@tagged("post_install", "-at_install")
class TestPageGuard(LinkedPageCommon):
    """Who has no link, asks too often or comes from elsewhere gets and does nothing."""

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
