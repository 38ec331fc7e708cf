from datetime import timedelta

from odoo import api, fields, models

from ....tools.outcomes import COMING_BACK, NOT_SENT_STATES
from ....tools.plan import Plan
from ..second_way.crm_task_reminder_log import TELLING_STATES

#: Zones lie at most so far apart that somebody's day is not the one of the clock.
ONE_DAY = timedelta(days=1)


class CrmTaskReminderLog(models.Model):
    """Morning plans in the ledger: a row per person, day and form."""

    _inherit = "crm.task.reminder.log"

    plan_day = fields.Date(
        string="Morning plan of", help="The day whose tasks the message was about."
    )
    plan_tasks = fields.Json(
        groups=fields.NO_ACCESS,
        help="The tasks that it told of, and which start: pairs of id and moment.",
    )

    # One plan per address, day and form, whatever happens.
    _plan_unique = models.UniqueIndex(
        "(company_id, plan_day, channel, address) WHERE plan_day IS NOT NULL "
        "AND address IS NOT NULL AND state NOT IN ('skipped', 'missed')",
        "This plan has a message already.",
    )

    @api.depends("plan_tasks")
    @api.depends_context("uid")
    def _compute_reason_text(self):
        """Name the tasks that a plan leaves out, to those who may read them."""
        result = super()._compute_reason_text()
        for row in self:
            if row.plan_day and row.reason == "no_access":
                names = ", ".join(row._list_readable_plan_titles())
                row.reason_text = ": ".join(filter(None, (row.reason_text, names)))
        return result

    def _list_readable_plan_titles(self):
        """Return the titles that the reader may know at present, not those of the day.

        :return list[str]:
        """
        # sudo: only ids, of which the reader's rights leave what may be read
        ids = [task_id for task_id, _start in self.sudo().plan_tasks or []]
        tasks = self.env["project.task"].browse(ids).exists()
        return tasks._filtered_access("read").mapped("name")

    @api.model
    def _find_plans(self, company, now):
        """Return the plans of a company whose day may be the present one.

        :param res.company company:
        :param datetime now: naive UTC
        """
        today = now.date()
        return self.search(
            [
                ("company_id", "=", company.id),
                ("plan_day", ">=", today - ONE_DAY),
                ("plan_day", "<=", today + ONE_DAY),
            ]
        )

    def _get_plan_keys(self):
        """Return which plans need not be written, or refused, once more.

        :return set[tuple]: (day, form, address, None) of those that were, (day, form,
            name, reason) of those that were refused
        """
        return {
            (row.plan_day, row.channel, row.recipient_name, row.reason)
            if row.state in NOT_SENT_STATES
            else (row.plan_day, row.channel, row.address, None)
            for row in self
        }

    def _find_plans_replaced_in_vain(self):
        """Return failed plans whose second form was dropped, and who still has it.

        :return dict[tuple, tuple]: key of a plan → its row, and people who have, or are
            to get, the second form: pairs of ids of contact and employee
        """
        second = self.filtered("instead_of_id")
        kept = second.filtered(lambda row: row.state not in NOT_SENT_STATES)
        people = {
            row: {(one.partner_id.id, one.employee_id.id) for one in members}
            for row, members in kept.grouped("instead_of_id").items()
        }
        dropped = (second - kept).filtered(lambda row: row.reason in COMING_BACK)
        return {
            (row.plan_day, row.channel, row.address, None): (row, people.get(row, ()))
            for row in dropped.instead_of_id
            if row.state == "failed"
        }

    def _is_plan_told_otherwise(self):
        """Tell whether a plan's recipient has it, or will have it, in another form."""
        self.ensure_one()
        others = self.instead_of_id + self.search([("instead_of_id", "=", self.id)])
        return any(row.state in TELLING_STATES for row in others)

    @api.model
    def _list_plan_tasks(self, tasks):
        """Return tasks with their starts, as a row keeps them.

        :param project.task tasks:
        :return list[list]: pairs of an id and a moment (naive UTC, ISO 8601)
        """
        return [[task.id, task.planned_date_begin.isoformat()] for task in tasks]

    @api.model
    def _prepare_message_row(self, delivery, message, receipt):
        if not isinstance(delivery, Plan):
            return super()._prepare_message_row(delivery, message, receipt)
        return {
            **self._prepare_plan_row(delivery),
            "message_id": message.id,
            "notification_id": receipt.id,
        }

    @api.model
    def _prepare_plan_row(self, plan, state="queued", reason=False, detail=""):
        """Return the values of a row about a plan.

        :param Plan plan:
        :param str state: one of ``STATES``
        :param str reason: one of ``REASONS``, when nothing is sent
        """
        return {
            "operation": "operator",
            "company_id": plan.company.id,
            "task_name": self.env._("Morning plan, tasks: %s", len(plan.tasks)),
            "channel": plan.channel is not None and plan.channel._channel,
            "start": plan.anchor,
            "due_at": plan.due_at,
            "plan_day": plan.day,
            "plan_tasks": self._list_plan_tasks(plan.tasks),
            "partner_id": plan.recipient.partner.id,
            "employee_id": plan.recipient.employee.id,
            "recipient_name": plan.recipient.name,
            "address": plan.address or False,
            "instead_of_id": plan.instead_of_id,
            "state": state,
            "reason": reason,
            "detail": detail,
        }
