from odoo.tests import tagged

from .common import PageCommon


@tagged("post_install", "-at_install")
class TestOptOut(PageCommon):
    """A customer who wants no more reminders."""

    def setUp(self):
        super().setUp()
        self.task, _token = self.send_link(
            self.line(),
            self.line(channel="email"),
            # still to come
            self.line(duration=10, unit="minutes"),
            self.line(channel="email", duration=10, unit="minutes"),
        )
        rows = self.rows(self.task)
        tokens = self.get_tokens()
        self.tokens = {self.links._find(token).channel: token for token in tokens}
        self.assertEqual(len(self.tokens), len(rows))

    def run_later(self):
        """Run the service for the reminders that are still to come."""
        self.set_now(self.task.planned_date_begin)
        self.pass_time(minutes=-10)
        self.run_service()
        return len(self.texts), len(self.mails)

    def is_listed(self):
        """Return whether number and address are on Odoo's blacklists."""
        self.env.invalidate_all()
        phones = self.env["phone.blacklist"].search([("number", "=", "+48600100200")])
        mails = self.env["mail.blacklist"].search(
            [("email", "=", "karol@klient.example")]
        )
        return bool(phones), bool(mails)

    def test_the_page_offers_what_there_is(self):
        for form, words in {"sms": "text messages", "email": "e-mails"}.items():
            response = self.get(self.tokens[form], "/stop")
            self.assertEqual(response.status_code, 200)
            for part in ("of this appointment", f"No more {words}", "at all"):
                self.assertIn(part, response.text)

    def test_none_of_this_appointment(self):
        self.post(self.tokens["sms"], "/stop", scope="task")
        self.assertEqual(self.is_listed(), (False, False))
        self.assertTrue(self.task.reminder_opted_out)
        self.assertEqual(self.run_later(), (0, 0))
        reasons = self.rows(self.task).mapped("reason")
        self.assertEqual(reasons.count("opted_out"), 2)

    def test_none_in_this_form(self):
        self.post(self.tokens["email"], "/stop", scope="form")
        self.assertEqual(self.is_listed(), (False, True))
        self.assertEqual(self.run_later(), (1, 0))

    def test_none_at_all(self):
        self.post(self.tokens["email"], "/stop", scope="all")
        self.assertEqual(self.is_listed(), (True, True))
        self.assertEqual(self.run_later(), (0, 0))

    def test_the_blacklist_says_how_and_when(self):
        self.post(self.tokens["email"], "/stop", scope="all")
        self.env.invalidate_all()
        entries = self.env["mail.blacklist"].search([])
        notes = " ".join(entries.message_ids.mapped("body"))
        self.assertIn("Zielony Dom", notes)
        self.assertIn("karol@klient.example", notes)

    def test_undo(self):
        token = self.tokens["email"]
        response = self.post(token, "/stop", scope="all")
        self.assertIn("No more reminders at all", response.text)
        response = self.post(token, "/stop", scope="undo")
        self.assertIn("What would you like?", response.text)
        self.assertEqual(self.is_listed(), (False, False))
        self.assertEqual(self.run_later(), (1, 1))

    def test_undo_takes_off_only_what_the_page_has_put_there(self):
        self.env["mail.blacklist"]._add("karol@klient.example")
        token = self.tokens["sms"]
        self.post(token, "/stop", scope="all")
        self.post(token, "/stop", scope="undo")
        self.assertEqual(self.is_listed(), (False, True))

    def test_one_click_of_a_mail_program(self):
        response = self.url_open(
            f"/a/{self.tokens['email']}/stop",
            data={"List-Unsubscribe": "One-Click"},
        )
        self.assertEqual(response.status_code, 200)
        self.assertEqual(self.is_listed(), (False, True))

    def test_one_click_as_a_form_of_several_parts(self):
        response = self.url_open(
            f"/a/{self.tokens['email']}/stop",
            files={"List-Unsubscribe": (None, "One-Click")},
        )
        self.assertEqual(response.status_code, 200)
        self.assertEqual(self.is_listed(), (False, True))

    def test_it_counts_for_what_waits(self):
        task = self.send_while_down()
        self.links.search([("task_id", "=", task.id)])._opt_out("form")
        self.pass_time(minutes=5)
        self.run_service()
        self.assertEqual(self.texts, [])
        self.assertEqual(self.rows(task).reason, "readdressed")

    def test_the_staff_stay_reachable(self):
        self.assignee.partner_id.email = self.customer.email
        token = self.tokens["email"]
        text = self.get(token, "/stop").text
        self.assertNotIn('value="form"', text)
        self.assertNotIn('value="all"', text)
        for values in ({"List-Unsubscribe": "One-Click"},):
            self.url_open(f"/a/{token}/stop", data=values)
        self.assertEqual(self.is_listed(), (False, False))
        self.assertTrue(self.task.reminder_opted_out)
