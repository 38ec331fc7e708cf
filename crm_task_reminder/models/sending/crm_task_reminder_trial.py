from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.errors import ReminderError

#: Messages that a user may send to oneself in an hour.
HOURLY_TRIALS = 10
HOUR = timedelta(hours=1)


class CrmTaskReminderTrial(models.Model):
    """Notes that somebody had a reminder sent to oneself, as long as that counts.

    A test costs what a reminder costs, and a user's own number is any number.
    """

    _name = "crm.task.reminder.trial"
    _description = "Test of a Task Reminder"

    user_id = fields.Many2one(
        "res.users", required=True, readonly=True, index=True, ondelete="cascade"
    )
    sent_at = fields.Datetime(
        required=True, readonly=True, index=True, default=fields.Datetime.now
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )

    @api.model
    def _take(self, company, tests):
        """Take note of messages that the user is going to send to oneself.

        :param res.company company: in whose name
        :param list[Delivery] tests: with their content
        :raise ReminderError: they would be too many for the user or the company
        """
        # sudo: users have no access to these notes: they could start to count anew
        trials, user, count = self.sudo(), self.env.user, len(tests)
        limits = trials.env["crm.task.reminder.limit"]
        if trials._count_recent([("user_id", "=", user.id)]) + count > HOURLY_TRIALS:
            detail = self.env._("at most %s tests", HOURLY_TRIALS)
            raise ReminderError("limit", detail)
        if limits._get_quota(company, count) < count:
            raise ReminderError("limit")
        trials.create([trials._prepare_trial(company, one) for one in tests])

    @api.model
    def _prepare_trial(self, company, test):
        """Return the values of the note about a message.

        :param res.company company:
        :param Delivery test:
        """
        return {"user_id": self.env.user.id, "company_id": company.id}

    @api.model
    def _count_recent(self, domain):
        """Return how many messages have been sent in the last hour."""
        an_hour_ago = fields.Datetime.now() - HOUR
        return self.search_count([*domain, ("sent_at", ">", an_hour_ago)])

    @api.model
    def _get_old_domain(self):
        """Return the domain of notes that count for nothing any more."""
        return Domain("sent_at", "<=", fields.Datetime.now() - HOUR)

    @api.autovacuum
    def _gc_old_trials(self):
        self.search(self._get_old_domain()).unlink()
