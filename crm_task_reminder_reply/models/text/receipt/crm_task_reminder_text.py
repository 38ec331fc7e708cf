from datetime import timedelta

from odoo import fields, models

from ....tools import wording

#: No more than one receipt goes to a number in that time: who answers may be a robot.
PAUSE = timedelta(hours=1)


class CrmTaskReminderText(models.Model):
    """Tells a customer what was understood."""

    _inherit = "crm.task.reminder.text"

    receipted_at = fields.Datetime(help="When its sender was told what was understood.")
    receipt_parts = fields.Integer(help="How many SMS that took.")
    receipted_on = fields.Date(help="The company's day on which these count.")

    def _take_answer(self):
        result = super()._take_answer()
        if self.outcome == "answer" and self._may_get_receipt():
            self._send_receipt()
        return result

    def _may_get_receipt(self):
        """Tell whether who has written wants one, and has not just had one."""
        company = self.company_id
        decision = self.env["crm.task.reminder.decision"]
        # a company that may send nothing has nobody to thank in whose name
        obstacle = decision._find_company_obstacle(company)
        if obstacle or not company.reminder_sms_receipts:
            return False
        recent = [
            ("number", "=", self.number),
            ("receipted_at", ">", fields.Datetime.now() - PAUSE),
        ]
        channel = self.env["crm.task.reminder.channel.sms"]
        is_unwanted = channel._get_blacklisted([self.number])
        return not is_unwanted and not self.search_count(recent, limit=1)

    def _send_receipt(self):
        """Give an SMS to Odoo's own queue: the provider waits for the answer."""
        company, task = self.company_id, self.task_id.with_company(self.company_id)
        channel = self.env["crm.task.reminder.channel.sms"]
        body = channel._get_alphabet(company)(self._write_receipt())
        parts = channel._count_text_parts({"body": body})
        if not self._has_room_for_receipt(channel, parts):
            return
        message = task._message_sms(
            body,
            author_id=company.reminder_user_id.partner_id.id,
            partner_ids=self.partner_id.ids,
            put_in_queue=True,
            sms_pid_to_number={self.partner_id.id: self.number},
        )
        # all who work here may read receipts, and not all the customer
        message.notification_ids.sms_number = False
        self.receipted_at = fields.Datetime.now()
        self.receipt_parts = parts
        self.receipted_on = company._get_reminder_day()

    def _has_room_for_receipt(self, channel, parts):
        """Tell whether an SMS may still leave on the company's day.

        :param crm.task.reminder.channel channel:
        :param int parts: of the SMS
        """
        company, day = self.company_id, self.company_id._get_reminder_day()
        limit = channel._get_daily_limit(company)
        counted = self.env["crm.task.reminder.limit"]._count_parts
        return not limit or parts <= limit - counted(company, channel, day, day)[day]

    def _write_receipt(self):
        """Return what who has written is told, in the language of the message."""
        answer = self.task_id._get_reminder_answer()
        [recipient] = self.task_id._get_reminder_recipients("customer", self.company_id)
        reader = self.with_context(lang=recipient.lang, tz=recipient.tz)
        # with the name of the zone where the reminder had it
        moments = reader.task_id._format_reminder_moments(lambda _task: answer.start)
        [(_task, start)] = moments
        if answer.kind == wording.COMING:
            return reader.env._("Thank you. You have confirmed: %s.", start)
        if answer.kind == wording.DECLINED:
            return reader.env._(
                "Thank you for telling us that you can't come: %s.", start
            )
        return reader.env._(
            "Thank you. You have asked for another time. We will get in touch with you."
        )
