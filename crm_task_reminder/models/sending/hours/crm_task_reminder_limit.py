from odoo import api, fields, models

from ....tools.hours import PUNCTUAL


class CrmTaskReminderLimit(models.AbstractModel):
    """Which of the messages that have waited may leave at this hour."""

    _inherit = "crm.task.reminder.limit"

    @api.model
    def _hold_back(self, company, rows):
        if company._has_reminder_hours():
            rows = self._hold_for_hours(rows)
        return super()._hold_back(company, rows)

    @api.model
    def _hold_for_hours(self, rows):
        """Return the messages that may leave now; put the others off to their hour.

        What had to wait, for a fault or a limit, may have come into quiet hours.

        :param crm.task.reminder.log rows: queued, of one company
        """
        ended = {}
        for row, (moment, tz) in self._find_late_moments(rows).items():
            if moment:
                row.write(
                    {"leave_at": moment, "leave_tz": tz, "next_attempt_at": moment}
                )
            else:
                ended[row] = "quiet"
            rows -= row
        self.env["crm.task.reminder.second.look"]._drop(ended)
        return rows

    @api.model
    def _find_late_moments(self, rows):
        """Return of messages that have come into quiet hours when they may leave.

        :param crm.task.reminder.log rows:
        :return dict[crm.task.reminder.log, tuple]: moment (naive UTC), None if no hour
            is left, and the zone whose clock counts; without those that may leave now
        """
        now = fields.Datetime.now()
        all_hours = rows.reminder_id._get_hours()
        found = {}
        for row in rows:
            reminder = row.reminder_id
            hours = reminder._pick_hours(all_hours)
            if not hours or (row.leave_at and now <= row.leave_at + PUNCTUAL):
                continue
            tz = row.leave_tz or row.company_id._get_reminder_tz()
            moment = hours.find_late(now, reminder._get_hour_limit(), tz)
            if moment != now:
                found[row] = moment, tz
        return found
