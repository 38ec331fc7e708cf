from odoo import api, models
from odoo.fields import Domain
from odoo.tools import email_normalize, escape_psql

from ....tools import email_address


class ProjectTask(models.Model):
    """What comes in as an answer to a reminder."""

    _inherit = "project.task"

    def message_update(self, msg_dict, update_vals=None):
        """Keep from the customer what others answer to a customer's reminder.

        Whoever works here has it as a copy; the answer, or the note of an absence, is
        for the sender, as that to the staff's own reminders. So is what a former
        customer answers, or who has an address that was taken for the customer's: the
        present one knows nothing of it.
        """
        result = super().message_update(msg_dict, update_vals)
        # Odoo posts the message from the same values, after this
        if self._is_reminder_answer_internal(msg_dict):
            msg_dict["is_internal"] = True
        return result

    def _is_reminder_answer_internal(self, msg_dict):
        """Tell whether somebody else than the task's customer answers its reminder.

        That is a colleague of the sender, who was reminded as the customer before, or
        who got what the customer was to get.

        :param dict msg_dict: of the mail that has come in
        """
        parent_id = msg_dict.get("parent_id")
        if not parent_id:
            return False
        # sudo: who brings mails need not have access to the log
        rows = self.env["crm.task.reminder.log"].sudo()
        answered = rows.search(
            [
                ("message_id", "=", parent_id),
                ("operation", "=", "customer"),
            ]
        )
        author = self.env["res.partner"].browse(msg_dict.get("author_id") or [])
        address = email_normalize(msg_dict.get("email_from") or "")
        # the customer may work here as well, and the sender writes to the customer
        parties = answered.partner_id + answered.message_id.author_id
        is_party = author & parties or address in answered.mapped("address")
        if not answered or author & answered.message_id.author_id:
            return False
        # a firm, its people and its addresses are one customer
        firm = self.partner_id.commercial_partner_id
        if firm and firm not in (answered.partner_id | author).commercial_partner_id:
            return True
        own = (answered.partner_id | self.partner_id).commercial_partner_id
        is_own = author.commercial_partner_id & own
        if not is_own and self._has_left_reminder_address(answered):
            return True
        return not is_party and self._is_reminder_staff(author, address)

    @api.model
    def _has_left_reminder_address(self, rows):
        """Tell whether messages went where their recipients are not reached any more.

        The address was wrong, or is somebody else's by now.

        :param crm.task.reminder.log rows:
        """
        present = {
            one: set(email_address.find_all(one.email)) for one in rows.partner_id
        }
        return any(row.address not in present.get(row.partner_id, ()) for row in rows)

    @api.model
    def _is_reminder_staff(self, author, address):
        """Tell whether somebody works here, with a user or without, or is the office.

        :param res.partner author: may be empty
        :param str | False address: from which the mail has come
        """
        if author and not author.partner_share:
            return True
        employee = Domain("work_contact_id", "in", author.ids)
        office = Domain("partner_id", "in", author.ids)
        if address:
            employee |= Domain("work_email", "=ilike", escape_psql(address))
            office |= Domain("partner_id.email_normalized", "=", address)
        # sudo: who works here is not for all to read
        employees = self.env["hr.employee"].sudo().search_count(employee, limit=1)
        return bool(
            employees or self.env["res.company"].sudo().search_count(office, limit=1)
        )
