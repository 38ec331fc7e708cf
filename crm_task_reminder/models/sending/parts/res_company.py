from datetime import datetime, time, timedelta

from odoo import fields, models

from ....tools import schedule


class ResCompany(models.Model):
    """The days on which parts of messages count, by the company's clock."""

    _inherit = "res.company"

    def _get_reminder_day(self):
        """Return the company's present day (``date``)."""
        return schedule.to_local(fields.Datetime.now(), self._get_reminder_tz()).date()

    def _get_reminder_tomorrow(self):
        """Return when the company's next day begins (naive UTC)."""
        now = schedule.to_local(fields.Datetime.now(), self._get_reminder_tz())
        tomorrow = now.date() + timedelta(days=1)
        return schedule.to_utc(datetime.combine(tomorrow, time(), now.tzinfo))

    def write(self, vals):
        result = super().write(vals)
        channels = self.env["crm.task.reminder.mixin"]._get_channels().values()
        names = {
            name
            for one in channels
            for name in (one._daily_limit_field, one._daily_second_way_field)
        }
        if names & vals.keys():
            self._look_again_at_reminders()
        return result

    def _look_again_at_reminders(self):
        """Have what waits for the next day looked at by the next run."""
        # sudo: whoever may configure reminders need not see messages
        waiting = (
            self.env["crm.task.reminder.log"]
            .sudo()
            .search(
                [
                    ("company_id", "in", self.ids),
                    ("state", "=", "queued"),
                    ("reason", "=", "daily_limit"),
                ]
            )
        )
        waiting.next_attempt_at = False
