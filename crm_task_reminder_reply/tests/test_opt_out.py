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

    def test_who_works_here_since_reads_what_was_asked_for(self):
        """The page said “Done: .”."""
        token = self.tokens["email"]
        self.post(token, "/stop", scope="form")
        self.assignee.partner_id.email = self.customer.email
        self.assertIn("Done: <strong>No more e-mails", self.get(token, "/stop").text)
        self.post(token, "/stop", scope="undo")
        self.assertEqual(self.is_listed(), (False, False))

    def test_it_works_again_after_undo(self):
        """An entry that was taken off again was taken for one that is there."""
        token = self.tokens["email"]
        for _time in range(2):
            self.post(token, "/stop", scope="form")
            self.assertEqual(self.is_listed(), (False, True))
            self.post(token, "/stop", scope="undo")
            self.assertEqual(self.is_listed(), (False, False))

    def test_the_page_says_that_it_was_undone(self):
        token = self.tokens["email"]
        self.assertNotIn("reminders again", self.get(token, "/stop").text)
        self.post(token, "/stop", scope="form")
        response = self.post(token, "/stop", scope="undo")
        self.assertIn("You get reminders again.", response.text)

    def _click_once(self, channel):
        """Opt out by the one click of a mail program."""
        response = self.url_open(
            f"/a/{self.tokens[channel]}/stop", data={"List-Unsubscribe": "One-Click"}
        )
        self.assertEqual(response.status_code, 200)

    def test_one_click_twice(self):
        for _time in range(2):
            self._click_once("email")
            self.assertEqual(self.is_listed(), (False, True))

    def test_one_click_takes_nothing_back(self):
        """Who wants none at all wants no SMS either."""
        self.post(self.tokens["email"], "/stop", scope="all")
        self._click_once("email")
        self.assertEqual(self.is_listed(), (True, True))
        self.post(self.tokens["email"], "/stop", scope="undo")
        self.assertEqual(self.is_listed(), (False, False))
        self.post(self.tokens["email"], "/stop", scope="task")
        self._click_once("email")
        self.assertEqual(self.is_listed(), (False, True))
        self.assertTrue(self.task.reminder_opted_out)
        self.post(self.tokens["email"], "/stop", scope="undo")
        self.assertEqual(self.is_listed(), (False, False))
        self.assertFalse(self.task.reminder_opted_out)

    def test_each_link_of_the_customer_tells_and_undoes_it(self):
        """The customer need not find the message by which it was asked for."""
        email, sms = self.tokens["email"], self.tokens["sms"]
        for scope, words in {
            "task": "No more reminders of this appointment",
            "all": "No more reminders at all",
        }.items():
            self.post(email, "/stop", scope=scope)
            self.assertIn(f"Done: <strong>{words}", self.get(sms, "/stop").text)
            self.post(sms, "/stop", scope="undo")
            self.assertEqual(self.is_listed(), (False, False))
            self.assertFalse(self.task.reminder_opted_out)
            self.assertIn("What would you like?", self.get(email, "/stop").text)

    def test_no_more_e_mails_leaves_a_choice_about_sms(self):
        self.post(self.tokens["email"], "/stop", scope="form")
        text = self.get(self.tokens["sms"], "/stop").text
        self.assertIn("No more text messages", text)
        self.post(self.tokens["sms"], "/stop", scope="all")
        self.assertEqual(self.is_listed(), (True, True))
        self.post(self.tokens["sms"], "/stop", scope="undo")
        self.assertEqual(self.is_listed(), (False, True))

    def test_another_appointment_is_another_matter(self):
        self.post(self.tokens["email"], "/stop", scope="task")
        _task, token = self.send_link()
        self.assertIn("What would you like?", self.get(token, "/stop").text)

    def test_none_at_all_is_also_none_at_the_customers_own_number(self):
        """It was the number alone that was chosen for this one task."""
        self.task.reminder_phone = "600 100 999"
        self.post(self.tokens["email"], "/stop", scope="all")
        numbers = self.env["phone.blacklist"].search([]).mapped("number")
        self.assertEqual(set(numbers), {"+48600100200", "+48600100999"})

    def test_none_at_all_is_also_none_at_the_numbers_of_other_tasks(self):
        task = self.create_task(self.line(channel="sms"))
        task.reminder_phone = "600 100 998"
        closed = self.create_task(self.line(channel="sms"))
        closed.write({"reminder_phone": "600 100 997", "state": "1_done"})
        self.post(self.tokens["email"], "/stop", scope="all")
        numbers = self.env["phone.blacklist"].search([]).mapped("number")
        self.assertEqual(set(numbers), {"+48600100200", "+48600100998"})

    def test_numbers_and_addresses_of_employees_are_the_staffs(self):
        """Those of an employee stand on no contact."""
        for values in (
            {"mobile_phone": "600 100 200"},
            {"work_phone": "0048 600-100-200"},
            {"work_email": "Karol <karol@klient.example>"},
        ):
            employee = self.create_employee("Ewa", **values)
            employee.work_contact_id = False
            is_email = "work_email" in values
            for token in self.tokens.values():
                self.post(token, "/stop", scope="all")
                self.assertEqual(self.is_listed(), (is_email, not is_email), values)
                self.post(token, "/stop", scope="undo")
                self.assertEqual(self.is_listed(), (False, False))
            employee.unlink()

    def test_who_was_taken_off_by_hand_is_not_told_that_it_is_done(self):
        """Mails came, and the page said that there are none."""
        token = self.tokens["email"]
        for scope in ("form", "all"):
            self.post(token, "/stop", scope=scope)
            self.env["mail.blacklist"]._remove("karol@klient.example")
            text = self.get(token, "/stop").text
            self.assertNotIn("Done:", text)
            self.assertIn("What would you like?", text)
            self.post(token, "/stop", scope=scope)
            self.assertEqual(self.is_listed(), (scope == "all", True))
            self.post(token, "/stop", scope="undo")
            self.assertEqual(self.is_listed(), (False, False))

    def test_a_page_of_before_takes_nothing_back(self):
        """It let e-mails through again."""
        token = self.tokens["email"]
        nonce = self.get_nonce(token, "/stop")
        self.post(token, "/stop", scope="form")
        response = self.post(token, "/stop", scope="task", nonce=nonce)
        self.assertEqual(response.status_code, 422)
        self.assertIn("Done: <strong>No more e-mails", response.text)
        self.assertEqual(self.is_listed(), (False, True))
        self.post(token, "/stop", scope="form", nonce=nonce)
        self.assertEqual(self.is_listed(), (False, True))
        for scope in ("all", "task", "form"):
            self.post(token, "/stop", scope=scope, nonce=nonce)
            self.assertEqual(self.is_listed(), (True, True))
        self.post(token, "/stop", scope="undo", nonce=nonce)
        self.assertEqual(self.is_listed(), (False, False))
