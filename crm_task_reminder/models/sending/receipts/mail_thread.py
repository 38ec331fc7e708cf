from odoo import api, models

from ....tools import delivery_report, email_address


class MailThread(models.AbstractModel):
    """Whom a reminder has not reached, by what mail systems report."""

    _inherit = "mail.thread"

    def _message_parse_extract_bounce(self, email_message, message_dict):
        """Correct what Odoo reads, of reports about reminders alone.

        Odoo takes each report for a failure, also that a mail is late, and takes the
        recipient for the one that failed when it does not know the address.
        """
        found = super()._message_parse_extract_bounce(email_message, message_dict)
        message = found.get("bounced_message")
        if message:
            # sudo: who brings mails need not have access to the log
            log = self.env["crm.task.reminder.log"].sudo()
            row = log.search([("message_id", "=", message.id)], limit=1)
            failed = delivery_report.list_failed(email_message) if row else None
            if failed is not None:
                found |= self._find_failed_by_reminder_report(row, failed)
        return found

    @api.model
    def _find_failed_by_reminder_report(self, row, failed):
        """Return who is to count as the one that a reminder did not reach.

        Whoever did not get it is its recipient, unless it is known to be somebody who
        got a copy, which is no reminder: the mailbox of the recipient may forward what
        it gets, and what failed is then an address that nobody here knows. By the
        address that was written to, if the report has it, the two are told apart even
        where it forwards to who got a copy.

        :param crm.task.reminder.log row: of the reminder
        :param list[list[str]] failed: see ``delivery_report.list_failed``
        :return dict: empty values where it is nobody: Odoo does nothing then
        """
        partners = self.env["res.partner"].sudo()  # as Odoo looks for them
        copies = set(email_address.find_in_ascii(row.copy_addresses))
        known = {*email_address.find_in_ascii(row.address), *copies}
        people = [next(filter(known.__contains__, names), "") for names in failed]
        if any(one not in copies for one in people):
            # the row's own address, by which the receipt of an employee is found
            bounced, partner = row.address, row.partner_id
        else:
            bounced = people[0] if people else False
            domain = [("email_normalized", "=", bounced)]
            partner = partners.search(domain) if bounced else partners
        return {"bounced_email": bounced, "bounced_partner": partner}
