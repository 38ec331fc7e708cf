from odoo import api, models

from ....tools.delivery import Refusal
from ....tools.errors import ReminderError


class CrmTaskReminderDecision(models.AbstractModel):
    """News may go as long as it is news."""

    _inherit = "crm.task.reminder.decision"

    @api.model
    def _find_obstacles(self, reminders, *, is_written=False):
        obstacles = super()._find_obstacles(reminders, is_written=is_written)
        for line in reminders._filter_stale_news():
            obstacles.setdefault(line, ReminderError("no_news"))
        return obstacles

    @api.model
    def _find_reason(self, reminder, now):
        if reminder._is_notice() and not (reminder._get_anchor() and reminder.due_at):
            return "no_news"
        return super()._find_reason(reminder, now)

    @api.model
    def _can_go_later(self, reminder):
        """Tell whether news that waits for a person could be told, as far as is known.

        :param crm.task.reminder reminder: one, which is not due before that
        """
        company = reminder.company_id
        return (
            not self._find_company_obstacle(company)
            and reminder._is_wanted()
            and bool(self._filter_readable(company, reminder))
            and not self._find_gap(reminder, {})
        )

    # ------------------------------------------------------------------
    # What is news to whom
    # ------------------------------------------------------------------

    @api.model
    def _resolve(self, reminders, form=None):
        """Let each address be told what is news to it, which may be another one's not.

        Who was never told a start gets it *set* where others get it *moved*.
        """
        deliveries, refusals = super()._resolve(reminders, form)
        lines = reminders.filtered(lambda line: line._is_present_news())
        if not lines:
            return deliveries, refusals
        told = self.env["crm.task.reminder.log"]._find_telling_rows(
            lines.task_id._origin, list(set(lines.mapped("audience")))
        )
        kept = []
        for one in deliveries:
            error = one.reminder in lines and self._fit_news(one, told)
            if error:
                refusals.append(Refusal(one.reminder, error, one.recipient))
            else:
                kept.append(one)
        return kept, refusals

    @api.model
    def _fit_news(self, delivery, told):
        """Find out what is news to an address, and write that.

        :param Delivery delivery: of a line that tells present news
        :param dict told: what ``_find_telling_rows`` of the ledger returns
        :return ReminderError | None: why it is told nothing
        """
        line, recipient = delivery.reminder, delivery.recipient
        notice = line._get_notice()
        start = notice._get_start()
        task = line.task_id._origin
        none = self.env["crm.task.reminder.log"]
        rows = told.get((task.id, line.audience), none)
        rows = rows._filter_told_before(notice.moment, start)._filter_told_to(
            recipient.partner,
            recipient.employee,
            delivery.channel._channel,
            delivery.address,
        )
        before = task._get_reminder_known_start(rows, recipient.partner)
        moment = self._find_news_moment(notice.moment, before, start)
        sibling = moment and line._get_news_lines(moment)[:1]
        if not sibling:
            return ReminderError("no_news")
        delivery.news = moment, before
        if sibling != line:
            delivery.template = sibling._get_news_template(delivery.channel)
        return None if delivery.template else ReminderError("no_template")

    @api.model
    def _find_news_moment(self, moment, told, start):
        """Return what the news is to somebody, None if it is none.

        :param str moment: what it is to others
        :param datetime | False told: the start that was told to the one last
        :param datetime start: the one that the news is about
        """
        if moment == "called_off":
            return moment if told else None
        if told == start:
            return None
        return "moved" if told else "set"
