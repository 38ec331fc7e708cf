from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

#: After how long it is looked again whether an address may get another message.
HELD_FOR = timedelta(minutes=10)


class CrmTaskReminderLimit(models.AbstractModel):
    """How many messages may leave now: of a company, and to one address."""

    _name = "crm.task.reminder.limit"
    _description = "Limits of Task Reminders"

    @api.model
    def _is_counted(self, company, channel):
        """Tell whether one worker at a time may claim, as messages are counted.

        :param res.company company:
        :param crm.task.reminder.channel channel:
        """
        return bool(company.reminder_hourly_limit)

    @api.model
    def _get_quota(self, company, limit):
        """Return how many messages the company may send now, at most ``limit``.

        :param res.company company: whose messages per hour may be limited
        :param int limit: number of messages
        :return int: 0 when the limit of this hour is reached
        """
        if not company.reminder_hourly_limit:
            return limit
        an_hour_ago = fields.Datetime.now() - timedelta(hours=1)
        own = ("company_id", "=", company.id)
        log = self.env["crm.task.reminder.log"]
        # Two counts, as there are two indexes: for both in one the database would look
        # through the whole log. What is sent once more is in hand, though it has left.
        sent = log.search_count([own, ("handed_over_at", ">", an_hour_ago)])
        in_hand = log.search([own, ("state", "=", "sending")])
        sent += len(in_hand.filtered(lambda row: not row.handed_over_at))
        sent += self.env["crm.task.reminder.trial"]._count_recent([own])
        return max(min(limit, company.reminder_hourly_limit - sent), 0)

    @api.model
    def _hold_back(self, company, rows):
        """Return the messages that may leave now; put the others off for a while.

        One address gets no more of a company than its limits per hour and per day.

        :param res.company company: whose messages they are
        :param crm.task.reminder.log rows: queued
        """
        limits = (
            company.reminder_address_hourly_limit,
            company.reminder_address_daily_limit,
        )
        if not any(limits) or not rows:
            return rows
        counts = self._count_by_address(company, rows)
        held = []
        for row in rows.sorted("id"):
            before = counts.get(row.address, (0, 0))
            counts[row.address] = [count + 1 for count in before]
            if any(
                limit and count > limit
                for limit, count in zip(limits, counts[row.address], strict=True)
            ):
                held.append(row.id)
        if held:
            held = rows.browse(held)
            held._set_state("queued", "address_limit")
            held.write({"next_attempt_at": fields.Datetime.now() + HELD_FOR})
            rows -= held
        return rows

    @api.model
    def _count_by_address(self, company, rows):
        """Return how many messages have left to the rows' addresses lately.

        :return dict[str, tuple[int, int]]: address → in the last hour, in the last day;
            only addresses that got one
        """
        now = fields.Datetime.now()
        rows.flush_model(["company_id", "address", "handed_over_at"])
        query = SQL(
            """
              SELECT address,
                     count(*) FILTER (WHERE handed_over_at > %(hour)s),
                     count(*)
                FROM crm_task_reminder_log
               WHERE company_id = %(company)s
                 AND address = ANY(%(addresses)s)
                 AND handed_over_at > %(day)s
            GROUP BY address
            """,
            company=company.id,
            addresses=rows.mapped("address"),
            hour=now - timedelta(hours=1),
            day=now - timedelta(days=1),
        )
        found = self.env.execute_query(query)
        return {address: counts for address, *counts in found}
