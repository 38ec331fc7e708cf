from unittest.mock import patch

import requests

from odoo.addons.crm_task_reminder.tests.common import ReminderCommon
from odoo.fields import Command
from odoo.tests import tagged

ACCOUNT = "AC" + "0123456789abcdef" * 2


@tagged("post_install", "-at_install")
class TestProvider(ReminderCommon):
    """R3: reminders of a company that sends its SMS through Twilio."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.sms_provider = "twilio"
        cls.provider = cls.env["crm.task.reminder.sms.provider"]

    def _set_up(self):
        number = {"number": "+48221234567", "country_id": self.env.ref("base.pl").id}
        self.company.write(
            {
                "sms_twilio_account_sid": ACCOUNT,
                "sms_twilio_auth_token": "token",
                "sms_twilio_number_ids": [Command.create(number)],
            }
        )

    def test_r03_provider_is_found_by_what_the_company_has_chosen(self):
        twilio = self.env["crm.task.reminder.sms.provider.twilio"]
        self.assertEqual(self.provider._find(self.company)._name, twilio._name)
        self.company.sms_provider = "iap"
        odoo = self.env["crm.task.reminder.sms.provider.iap"]
        self.assertEqual(self.provider._find(self.company)._name, odoo._name)

    def test_r03_what_the_set_up_lacks_is_the_reason(self):
        task = self.send(self.line())
        self.assert_reason(task, "sms_account")
        self.assertEqual(self.rows(task).detail, "Twilio is not set up.")
        self._set_up()
        self.assertEqual(self.provider._find(self.company)._find_gap(self.company), "")

    def test_r03_a_twilio_that_can_not_be_reached_is_tried_again(self):
        self._set_up()
        task = self.create_task(self.line())
        self.pass_time(hours=1)
        with patch.object(requests, "head", side_effect=requests.ConnectionError):
            self.run_service()
        row = self.rows(task)
        self.assertEqual((row.state, row.reason), ("queued", "sms_gateway"))
        self.assertEqual(row.attempt_count, 1)

    def test_an_error_of_twilios_leaves_it_in_doubt(self):
        """Its client says the same of a message that was taken and one that was not."""
        self.assertFalse(self.provider._find(self.company)._is_certain)
