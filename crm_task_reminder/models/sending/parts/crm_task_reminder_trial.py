from collections import Counter
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ....tools.errors import ReminderError

#: A test counts in the month of its company, wherever that is.
KEPT_FOR = timedelta(days=33)


class CrmTaskReminderTrial(models.Model):
    """A test to oneself is paid like a reminder: its parts count on its day."""

    _inherit = "crm.task.reminder.trial"

    channel = fields.Char(string="Form", readonly=True)
    part_count = fields.Integer(string="Parts", readonly=True)
    counted_on = fields.Date(
        readonly=True, help="The company's day on which its parts count."
    )

    @api.model
    def _take(self, company, tests):
        """Also refuse what is more than may leave on the day: a person is told."""
        # sudo: users have no access to what has left
        limits = self.env["crm.task.reminder.limit"].sudo()
        decision = self.env["crm.task.reminder.decision"]
        day = company._get_reminder_day()
        for channel, members in decision._group_by_channel(tests):
            parts = sum(channel._count_text_parts(one.content) for one in members)
            limit = parts and channel._get_daily_limit(company)
            if not limit:
                continue
            if parts > limit - limits._count_parts(company, channel, day, day)[day]:
                raise ReminderError("daily_limit")
        return super()._take(company, tests)

    @api.model
    def _prepare_trial(self, company, test):
        values = super()._prepare_trial(company, test)
        parts = test.channel._count_text_parts(test.content)
        if not parts:
            return values
        return {
            **values,
            "channel": test.channel._channel,
            "part_count": parts,
            "counted_on": company._get_reminder_day(),
        }

    @api.model
    def _count_parts(self, company, channel, first, last):
        """Return how many parts of tests have left on the days of a span.

        :return Counter: number of parts by day, as of the ledger's ``_count_parts``
        """
        found = Counter()
        for trial in self.search(
            [
                ("company_id", "=", company.id),
                ("channel", "=", channel._channel),
                ("counted_on", ">=", first),
                ("counted_on", "<=", last),
            ]
        ):
            found[trial.counted_on] += trial.part_count
        return found

    @api.model
    def _get_old_domain(self):
        """Keep what counts in the present month."""
        is_over = Domain("sent_at", "<=", fields.Datetime.now() - KEPT_FOR)
        return super()._get_old_domain() & (Domain("counted_on", "=", False) | is_over)
