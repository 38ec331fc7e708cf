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
        answered = self._find_answered_reminders(msg_dict)
        author = self.env["res.partner"].browse(msg_dict.get("author_id") or [])
        # Odoo posts the message from the same values, after this
        if answered and self._is_reminder_answer_internal(answered, author, msg_dict):
            msg_dict["is_internal"] = True
        elif answered:
            self._have_reminder_answer_read(answered, author)
        return result

    @api.model
    def _find_answered_reminders(self, msg_dict):
        """Return the rows of the customer's message that a mail answers.

        :param dict msg_dict: of the mail that has come in
        :return crm.task.reminder.log: as superuser
        """
        # sudo: who brings mails need not have access to the log
        log = self.env["crm.task.reminder.log"].sudo()
        parent_id = msg_dict.get("parent_id")
        answered = [("message_id", "=", parent_id), ("operation", "=", "customer")]
        return log.search(answered) if parent_id else log

    def message_post(self, **kwargs):
        """Tell the present sender of what is answered to a former one.

        Odoo tells whoever has written what a note answers, and nobody if that user has
        left since.
        """
        is_note = kwargs.get("message_type") == "email" and kwargs.get("is_internal")
        if is_note and kwargs.get("parent_id"):
            sender = self._find_present_reminder_sender(kwargs["parent_id"])
            told = [*(kwargs.get("partner_ids") or []), *sender.partner_id.ids]
            kwargs["partner_ids"] = list(dict.fromkeys(told))
        return super().message_post(**kwargs)

    def _find_present_reminder_sender(self, message_id):
        """Return who is the sender now of the company that has sent a reminder.

        :param int message_id: of any message of the task
        :return res.users: empty for other messages, or if the task is not the sender's
        """
        # sudo: as to find what is answered
        log = self.env["crm.task.reminder.log"].sudo()
        row = log.search([("message_id", "=", message_id)], limit=1)
        return self._get_reminder_sender_who_reads(row.company_id)

    def _get_reminder_sender_who_reads(self, company):
        """Return who is the sender of a company, empty if the task is not theirs.

        :param res.company company: may be empty
        :return res.users:
        """
        sender = company.reminder_user_id
        if not sender.active:
            return sender.browse()
        task = self.with_env(company._get_reminder_environment())
        return sender if task.has_access("read") else sender.browse()

    def _have_reminder_answer_read(self, answered, author):
        """Let the sender follow the task if nobody of the company would be told.

        Whoever writes to a customer from a task follows it in Odoo. The service writes
        for the sender, and there may be no assignee.

        :param crm.task.reminder.log answered:
        :param res.partner author: who answers; may be empty
        """
        comment = self.env.ref("mail.mt_comment")
        followers = self.message_follower_ids.filtered(
            lambda follower: comment in follower.subtype_ids
        )
        readers = (followers.partner_id - author).user_ids
        company = self.company_id or answered.company_id[:1]
        # on a task of several companies it is for the one that was written to
        staff = readers.filtered(
            lambda user: not user.share and company in user.company_ids
        )
        sender = self._get_reminder_sender_who_reads(company)
        is_new = sender.partner_id not in self.message_partner_ids | author
        if sender and is_new and not staff:
            self.message_subscribe(sender.partner_id.ids, comment.ids)

    def _is_reminder_answer_internal(self, answered, author, msg_dict):
        """Tell whether somebody else than the task's customer answers its reminder.

        That is a colleague of the sender, who was reminded as the customer before, or
        who got what the customer was to get.

        :param crm.task.reminder.log answered:
        :param res.partner author: who answers; may be empty
        :param dict msg_dict: of the mail that has come in
        """
        address = email_normalize(msg_dict.get("email_from") or "")
        # the customer may work here as well, and the sender writes to the customer
        parties = answered.partner_id + answered.message_id.author_id
        is_party = author & parties or address in answered.mapped("address")
        if author & answered.message_id.author_id:
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
