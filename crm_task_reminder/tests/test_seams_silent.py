import inspect
import logging
import smtplib

from odoo.addons.sms.tools.sms_api import SmsApi
from odoo.tests import TransactionCase, tagged

from ..tools import password_filter
from . import (
    silent_seams,
    silent_seams_mail,
    silent_seams_server,
    silent_seams_sms,
    silent_seams_web,
)

TABLES = (
    silent_seams_mail,
    silent_seams_server,
    silent_seams_sms,
    silent_seams_web,
)
#: Failures of Odoo's receipts that no reminder can have: mass mailings alone do.
OF_MASS_MAILINGS = {"mail_optout", "mail_dup"}


@tagged("post_install", "-at_install")
class TestSilentSeams(silent_seams.SilentSeamsCase):
    """What would go wrong without an error when Odoo changes is found here."""

    addon = "crm_task_reminder"
    silent = [seam for table in TABLES for seam in table.SILENT]


@tagged("post_install", "-at_install")
class TestSilentFacts(TransactionCase):
    """The same for what can be asked of Odoo itself instead of its source."""

    def test_provider_is_known_by_the_class_of_its_client(self):
        """Else SMS of Odoo's own credit would be in doubt where they were not taken."""
        company = self.env["res.company"].create({"name": "Gardens"})
        self.assertIs(company._get_sms_api_class(), SmsApi)

    def test_password_filter_is_on_the_logger_that_logs_calls(self):
        from odoo.service import model  # noqa: PLC0415  # the one the server uses

        self.assertEqual(model._logger.name, password_filter.CALLS)
        filters = logging.getLogger(password_filter.CALLS).filters
        self.assertIn("reminder_password", [one.name for one in filters])

    def test_smtplib_is_watched_where_it_sends(self):
        self.assertIn("sendmail", inspect.getsource(smtplib.SMTP.send_message))

    def test_nothing_that_is_stored_follows_the_task_of_a_message(self):
        """It is written past the ORM, which would compute that anew."""
        res_id = self.env["mail.message"]._fields["res_id"]
        dependent = self.registry.get_dependent_fields(res_id)
        stored = [str(one) for one in dependent if one.store and one.compute]
        self.assertEqual(stored, [])

    def test_what_receipts_say_is_known(self):
        fields = self.env["mail.notification"]._fields
        channels = self.env["crm.task.reminder.mixin"]._get_channels().values()
        failures = {name for one in channels for name in one._failure_reasons}
        found = fields["failure_type"].get_values(self.env)
        found = {name for name in found if name.startswith(("mail_", "sms_"))}
        self.assertEqual(failures | OF_MASS_MAILINGS, found)
        states = {name for one in channels for name in one._notification_states}
        known = set(fields["notification_status"].get_values(self.env))
        self.assertEqual(states | {"ready"}, known)
