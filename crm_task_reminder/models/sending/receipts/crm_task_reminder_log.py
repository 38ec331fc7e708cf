from datetime import timedelta

from odoo import api, fields, models

from ....tools import email_address


class CrmTaskReminderLog(models.Model):
    """Until when receipts are waited for, and whom they may be about."""

    _inherit = "crm.task.reminder.log"

    copy_addresses = fields.Char(
        groups=fields.NO_ACCESS,
        help="Who got a copy of the e-mail, which may come back as well.",
    )

    @api.model
    def _prepare_message_row(self, delivery, message, receipt):
        """Keep who gets a copy: mails and what their templates say do not stay."""
        values = super()._prepare_message_row(delivery, message, receipt)
        if copies := delivery.channel._list_copies(delivery.content):
            values["copy_addresses"] = email_address.join(copies)
        return values

    def _set_state(self, state, reason=False, detail=""):
        result = super()._set_state(state, reason, detail)
        self.filtered("receipt_until").receipt_until = False
        if state == "sent":
            self._await_receipts()
        return result

    def _await_receipts(self):
        """Note until when receipts are to come, of what has just left."""
        now = fields.Datetime.now()
        for row in self._filter_with_second_way("undelivered"):
            field = row._get_channel()._receipt_minutes_field
            if minutes := field and row.company_id[field]:
                row.receipt_until = now + timedelta(minutes=minutes)

    def _note_sent(self, detail=""):
        """Believe a person: no receipt is waited for."""
        result = super()._note_sent(detail)
        self.receipt_until = False
        return result
