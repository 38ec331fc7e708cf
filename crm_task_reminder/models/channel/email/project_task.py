from odoo import models


class ProjectTask(models.Model):
    """What comes in as an answer to a reminder."""

    _inherit = "project.task"

    def message_update(self, msg_dict, update_vals=None):
        """Let no answer of the staff to a customer's reminder reach the customer.

        Whoever works here has it as a copy; the answer, or the note of an absence, is
        for the sender, as that to the staff's own reminders.
        """
        result = super().message_update(msg_dict, update_vals)
        # Odoo posts the message from the same values, after this
        if self._is_reminder_staff_answer(msg_dict):
            msg_dict["is_internal"] = True
        return result

    def _is_reminder_staff_answer(self, msg_dict):
        """Tell whether a colleague of the sender answers a customer's reminder.

        :param dict msg_dict: of the mail that has come in
        """
        author = self.env["res.partner"].browse(msg_dict.get("author_id") or [])
        parent_id = msg_dict.get("parent_id")
        if not parent_id or not author or author.partner_share:
            return False
        # sudo: who brings mails need not have access to the log
        rows = self.env["crm.task.reminder.log"].sudo()
        answered = rows.search(
            [
                ("message_id", "=", parent_id),
                ("operation", "=", "customer"),
            ]
        )
        # the customer may work here as well, and the sender writes to the customer
        parties = answered.partner_id + answered.message_id.author_id
        return bool(answered) and author not in parties
