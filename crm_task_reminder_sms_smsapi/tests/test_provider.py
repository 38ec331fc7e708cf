from datetime import timedelta

from odoo.addons.crm_task_reminder.tests.common import ReminderCommon
from odoo.addons.sms_smsapi.models.res_company import ENDPOINT
from odoo.addons.sms_smsapi.tests.common import TOKEN, SmsapiServer
from odoo.tests import tagged

from ..models.crm_task_reminder_sms_provider_smsapi import ASK_HOURS


@tagged("post_install", "-at_install")
class TestProvider(ReminderCommon):
    """R3: reminders of a company that sends its SMS through SMSAPI."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.smsapi = SmsapiServer()
        cls.addClassCleanup(cls.smsapi.stop)
        cls.env["ir.config_parameter"].set_param(ENDPOINT, cls.smsapi.url)
        cls.company.write({"sms_provider": "smsapi", "sms_smsapi_token": TOKEN})
        cls.provider = cls.env["crm.task.reminder.sms.provider"]._find(cls.company)

    def setUp(self):
        super().setUp()
        self.smsapi.calls.clear()
        self.smsapi.errors.clear()
        self.smsapi.error = None

    @property
    def sent_to(self):
        return [values["to"] for _token, values in self.smsapi.calls]

    # ------------------------------------------------------------------
    # The window
    # ------------------------------------------------------------------

    def test_r03_provider_is_found_by_what_the_company_has_chosen(self):
        self.assertEqual(self.provider._name, "crm.task.reminder.sms.provider.smsapi")
        self.company.sms_provider = "iap"
        found = self.env["crm.task.reminder.sms.provider"]._find(self.company)
        self.assertEqual(found._name, "crm.task.reminder.sms.provider.iap")

    def test_r03_what_the_set_up_lacks_is_the_reason(self):
        self.company.sms_smsapi_token = False
        task = self.send(self.line())
        self.assertEqual(self.rows(task).reason, "sms_account")
        self.assertEqual(self.rows(task).detail, "SMSAPI has no token yet.")
        self.assertEqual(self.smsapi.calls, [])

    def test_r03_window_tells_the_sender_and_the_balance(self):
        status = self.provider._get_status(self.company)
        self.assertEqual(status, (True, "SMS are sent through SMSAPI."))
        name = self.env["sms.smsapi.sender"].create(
            {"company_id": self.company.id, "name": "Zielony Dom"}
        )
        self.company.sms_smsapi_sender_id = name
        words = "SMS are sent through SMSAPI, from Zielony Dom."
        self.assertEqual(self.provider._get_status(self.company), (True, words))
        self.assertEqual(
            self.provider._ask_status(self.company),
            (True, f"{words} Left: 500.00 points, about 3,000 SMS."),
        )
        self.smsapi.error = (999, "")
        is_ready, status = self.provider._ask_status(self.company)
        self.assertTrue(is_ready)
        self.assertIn("is not known", status)

    def test_r03_window_tells_that_nothing_is_left(self):
        self.patch(self.smsapi, "points", 0)
        is_ready, status = self.provider._ask_status(self.company)
        self.assertFalse(is_ready)
        self.assertIn("no points left", status)

    def test_r03_window_tells_of_test_mode_and_links(self):
        self.company.sms_smsapi_is_test = True
        is_ready, status = self.provider._get_status(self.company)
        self.assertFalse(is_ready)
        self.assertIn("Test mode", status)
        self.company.sms_smsapi_is_test = False
        self.company.sms_smsapi_links_refused_at = self.now
        is_ready, status = self.provider._get_status(self.company)
        self.assertTrue(is_ready)
        self.assertIn("may not send links", status)
        self.assertIn("shorten", status)
        self.company.sms_smsapi_shorten = True
        self.assertNotIn("links", self.provider._get_status(self.company)[1])
        self.company.sms_smsapi_links_refused_at = self.now
        is_ready, status = self.provider._get_status(self.company)
        self.assertTrue(is_ready)
        self.assertIn("may not shorten links", status)

    # ------------------------------------------------------------------
    # Sending
    # ------------------------------------------------------------------

    def test_reminder_leaves_through_the_account(self):
        task = self.send(self.line())
        self.assertEqual(self.rows(task).state, "sent")
        [(token, values)] = self.smsapi.calls
        self.assertEqual((token, values["to"]), (TOKEN, "48600100200"))

    def test_first_one_leaves_alone_and_then_a_hundred(self):
        partners = self.env["res.partner"].create(
            [
                {"name": f"C{number}", "phone": f"+48600300{number:03}"}
                for number in range(101)
            ]
        )
        for partner in partners:
            self.create_task(self.line(), partner_id=partner.id)
        self.pass_time(hours=1)
        self.run_service()
        counts = [values["to"].count(",") + 1 for _token, values in self.smsapi.calls]
        self.assertEqual(counts, [1, 100])

    def test_what_can_be_mended_is_tried_again_with_its_sentence(self):
        for code, reason, word in (
            (103, "no_credit", "Buy some"),
            (101, "sms_account", "Enter a valid one"),
            (202, "sms_gateway", "later"),
        ):
            with self.subTest(code=code):
                self.smsapi.error = (code, "")
                task = self.send(self.line())
                row = self.rows(task)
                self.assertEqual((row.state, row.reason), ("queued", reason))
                self.assertIn(word, row.detail)

    def test_what_can_not_be_mended_fails_with_its_sentence(self):
        self.smsapi.error = (13, "")
        task = self.send(self.line())
        row = self.rows(task)
        self.assertEqual((row.state, row.reason), ("failed", "invalid_phone"))
        self.assertIn("Check it", row.detail)

    def test_no_clear_answer_is_in_doubt_and_a_report_ends_it(self):
        self.smsapi.error = (None, None)
        task = self.send(self.line())
        row = self.rows(task)
        self.assertEqual((row.state, row.reason), ("unconfirmed", "no_answer"))
        uuid = row.notification_id.sms_tracker_ids.sms_uuid
        self.env["sms.tracker"].sudo()._receive_smsapi(self.company, [(uuid, "404")])
        self.assertEqual(row.state, "delivered")

    def test_in_doubt_and_sent_again_is_not_sent_twice(self):
        self.smsapi.error = (None, None)
        task = self.send(self.line())
        row = self.rows(task)
        row.action_send_again()
        self.smsapi.error = (53, "Not unique idx")
        self.run_service()
        self.assertEqual(row.state, "sent")

    # ------------------------------------------------------------------
    # After a crash
    # ------------------------------------------------------------------

    def crash(self, *tasks):
        """Leave the tasks' SMS as a worker does that dies while it hands them over."""
        self.pass_time(hours=1)
        self.smsapi.error = (103, "")
        self.run_service()
        rows = self.log.concat(*map(self.rows, tasks))
        self.env["crm.task.reminder.hand.over"]._reset_outgoing(rows)
        rows.write({"state": "sending", "next_attempt_at": False, "run_id": False})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_task_reminder_log SET create_date = %s WHERE id = ANY(%s)",
            (self.now, rows.ids),
        )
        self.env.invalidate_all()
        self.smsapi.error = None
        self.smsapi.calls.clear()
        return rows

    def make_tasks(self, number):
        partners = self.env["res.partner"].create(
            [
                {"name": f"C{index}", "phone": f"+4860040{index:04}"}
                for index in range(number)
            ]
        )
        return [
            self.create_task(
                self.line(), partner_id=partner.id, starts_in=timedelta(hours=20)
            )
            for partner in partners
        ]

    def due(self, tasks):
        for task in tasks:
            task.reminder_customer_ids.write({"duration": 19})

    def test_smsapi_is_asked_singly_after_a_crash(self):
        tasks = self.make_tasks(3)
        self.due(tasks)
        rows = self.crash(*tasks)
        uuids = rows.notification_id.sms_tracker_ids.mapped("sms_uuid")
        self.smsapi.errors = {"48600400001": 53}  # that one it has had
        self.run_service()
        self.assertEqual(rows.mapped("state"), ["sent"] * 3)
        idx = [values["idx"] for _token, values in self.smsapi.calls]
        self.assertEqual(sorted(idx), sorted(uuids), "each once, alone, as before")
        self.assertTrue(all(rows.mapped("handed_over_at")))

    def test_receipt_after_asking_still_counts(self):
        tasks = self.make_tasks(1)
        self.due(tasks)
        row = self.crash(*tasks)
        self.run_service()
        self.assertEqual(row.state, "sent")
        uuid = row.notification_id.sms_tracker_ids.sms_uuid
        self.env["sms.tracker"].sudo()._receive_smsapi(self.company, [(uuid, "405")])
        self.assertEqual(row.state, "failed")

    def test_only_what_is_still_wanted_is_asked_for(self):
        tasks = self.make_tasks(3)
        self.due(tasks)
        rows = self.crash(*tasks)
        tasks[0].state = "1_done"
        tasks[1].partner_id.phone = "+48600555555"
        self.run_service()
        self.assertIn("unconfirmed", rows[0].state)
        self.assertEqual(
            [row.state for row in rows], ["unconfirmed", "unconfirmed", "sent"]
        )
        self.assertNotIn("48600400000", self.sent_to)
        self.assertNotIn("48600400001", self.sent_to)

    def test_b02_nobody_is_asked_in_the_name_of_who_sends_nothing(self):
        """To ask is to send: the SMS may not have left."""
        other = self._create_user("second", "Olaf Operator")
        sender = {"reminder_user_id": self.sender.id}
        for change, undone in (
            ({"reminder_user_id": False}, sender),
            ({"reminder_user_id": other.id}, sender),
            (
                {
                    "reminder_customer_hours": True,
                    "reminder_customer_hour_from": 20,
                    "reminder_customer_hour_to": 21,
                },
                {"reminder_customer_hours": False},
            ),
            ({"reminder_enabled": False}, None),  # it is from before the switch then
        ):
            tasks = self.make_tasks(1)
            self.due(tasks)
            row = self.crash(*tasks)
            self.company.write(change)
            with self.subTest(change=change):
                for _time in range(2):
                    self.run_service()
                    self.assertEqual(row.state, "unconfirmed")
                    self.assertFalse(self.smsapi.calls)
                    self.pass_time(minutes=3)
                if undone:
                    self.company.write(undone)
                    self.run_service()
                    self.assertEqual(row.state, "sent")
            row.task_id.unlink()

    def test_only_within_the_window(self):
        self.env["ir.config_parameter"].set_param(ASK_HOURS, "3")
        tasks = self.make_tasks(2)
        self.due(tasks)
        rows = self.crash(*tasks)
        self.env.cr.execute(
            "UPDATE crm_task_reminder_log SET create_date = create_date - "
            "interval '181 minutes' WHERE id = %s",
            (rows[0].id,),
        )
        self.env.invalidate_all()
        self.run_service()
        self.assertEqual(rows.mapped("state"), ["unconfirmed", "sent"])
        self.assertEqual(self.sent_to, ["48600400001"])

    def test_no_answer_leaves_it_in_doubt(self):
        tasks = self.make_tasks(3)
        self.due(tasks)
        rows = self.crash(*tasks)
        self.smsapi.error = (202, "")
        self.run_service()
        self.assertEqual(set(rows.mapped("state")), {"unconfirmed"})

    def test_refusal_now_says_nothing_of_then(self):
        tasks = self.make_tasks(1)
        self.due(tasks)
        row = self.crash(*tasks)
        self.smsapi.error = (103, "")
        self.run_service()
        self.assertEqual(row.state, "unconfirmed")
