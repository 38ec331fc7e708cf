from odoo import fields, models

from ....tools.outcomes import SET_UP_REASONS, TOLD_STATES
from ...line.plan.res_company import PLAN_STEP


class CrmTaskReminderLog(models.Model):
    """Which plans tell their recipients, and what becomes of those that do not."""

    _inherit = "crm.task.reminder.log"

    def _set_state(self, state, reason=False, detail=""):
        result = super()._set_state(state, reason, detail)
        if state == "failed":
            # also without another form: single reminders are to come back, whatever
            # the company has chosen since
            plans = self.filtered("plan_day")
            # sudo: whoever corrects a message need not have access to the log
            refused = plans and plans.sudo()._find_refused_for_plans()
            replacing = plans.filtered(
                lambda row: row._list_task_ids() & set(refused.task_id.ids)
            )
            replacing.seeks_second_way = True
        return result

    def _filter_with_second_way(self, reason):
        plans = self.filtered("plan_day")
        found = super(CrmTaskReminderLog, self - plans)._filter_with_second_way(reason)
        second_way = self.env["crm.task.reminder.second.way"]
        return found + plans.filtered(
            lambda row: row.address and second_way._can_replace_plan(row, reason)
        )

    # ------------------------------------------------------------------
    # In place of single reminders
    # ------------------------------------------------------------------

    def _filter_telling_plans(self):
        """Return the plans that their recipients have, or will have in a moment.

        Not what was put off, nor what waits for longer than the service takes or in a
        form that is out of order: of those that wait in it, one may be tried at a time.
        After a downtime each has its chance first.

        :return crm.task.reminder.log: some of these, which are all of a company
        """
        latest = fields.Datetime.now() - PLAN_STEP
        held_forms = self._list_held_forms() - self._list_working_forms()
        last_run = self._find_last_run()
        return self.filtered(
            lambda row: (
                row.state in TOLD_STATES
                or (
                    row.state == "queued"
                    and not row.attempt_count
                    and not row.next_attempt_at
                    and (row.create_date > latest or row.run_id.id > last_run.id)
                    and row.channel not in held_forms
                )
            )
        )

    def _filter_plans_held_with_form(self):
        """Return the plans that wait for what holds all messages of their form.

        No single reminder leaves in that form before the plan does.

        :return crm.task.reminder.log: some of these, which are all of a company
        """
        held_forms = self._list_held_forms()
        return self.filtered(
            lambda row: (
                row.state == "queued"
                and row.channel in held_forms
                and (row.reason in SET_UP_REASONS or not row.reason)
            )
        )

    def _list_held_forms(self):
        """Return the forms that are out of order, as far as these plans tell.

        What was to be tried again long ago waits for something else by now, such as a
        limit, unless the service has not run since.

        :return set[str]:
        """
        latest = fields.Datetime.now() - PLAN_STEP
        if last_run := self._find_last_run():
            latest = min(latest, last_run.create_date)
        return {
            row.channel
            for row in self
            if row.state == "queued"
            and row.reason in SET_UP_REASONS
            and row.next_attempt_at
            and row.next_attempt_at > latest
        }

    def _list_working_forms(self):
        """Return the forms in which plans have left since one of them was put off.

        A mail server may put off a single address. In the run in which that was, the
        order is not known; where all fails since, the next run tells.

        :return set[str]:
        """
        put_off, left = {}, {}
        for row in self:
            if row.state == "queued" and row.next_attempt_at:
                put_off[row.channel] = max(put_off.get(row.channel, 0), row.run_id.id)
            elif row.state in ("sent", "delivered"):
                left[row.channel] = max(left.get(row.channel, 0), row.run_id.id)
        return {form for form in left if left[form] >= put_off.get(form, 0)}

    def _find_last_run(self):
        """Return the last run of the service that came to its end, if any plan waits.

        One that a worker died in has handed over nothing, as far as is known.

        :return crm.task.reminder.log: of the company, which all of these are of
        """
        waiting = self.filtered(lambda row: row.state == "queued")
        if not waiting:
            return waiting
        return self.search(
            [
                ("operation", "=", "service"),
                ("company_id", "=", waiting.company_id.id),
                "|",
                ("state", "=", "finished"),
                ("reason", "=", "error"),
            ],
            order="id desc",
            limit=1,
        )

    def _find_refused_for_plans(self):
        """Return the last word about whom plans were to tell instead of reminders.

        Of tasks that have not started; whatever else was said of somebody, or of the
        whole reminder, since then counts.
        """
        tasks = set().union(*(row._list_task_ids() for row in self))
        refused = self.search(
            [
                ("task_id", "in", list(tasks)),
                ("company_id", "in", self.company_id.ids),
                ("state", "=", "skipped"),
                ("reason", "=", "planned"),
                ("start", ">", fields.Datetime.now()),
            ]
        )
        said = self.search([("reminder_id", "in", refused.reminder_id.ids)], order="id")
        last = {row._get_planned_person(): row for row in said}
        return refused.filtered(
            lambda row: (
                last.get(row._get_planned_person()) == row
                # the reason for a whole reminder is about nobody
                and last.get((row.reminder_id, False, False), row).id <= row.id
            )
        )

    def _list_task_ids(self):
        """Return the ids of the tasks that a plan tells of.

        :return set[int]:
        """
        self.ensure_one()
        return {task_id for task_id, _start in self.plan_tasks or []}

    def _get_planned_person(self):
        """Return whom, and what reminder, a row is about; nobody: about all."""
        self.ensure_one()
        return self.reminder_id, self.partner_id.id, self.employee_id.id
