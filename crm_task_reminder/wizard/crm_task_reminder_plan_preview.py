from datetime import timedelta

from odoo import api, fields, models

from ..tools import schedule
from ..tools.errors import ReminderError

#: How far ahead a day is looked for on which somebody has something to do.
LOOK_AHEAD = timedelta(days=8)


class CrmTaskReminderPlanPreview(models.TransientModel):
    """A morning plan of the company as it will be read: one's own, else the next one.

    In it are the tasks that whoever looks may read, read with that user's rights.
    """

    _name = "crm.task.reminder.plan.preview"
    _inherit = "crm.task.reminder.preview"
    _description = "Morning Plan Preview"

    reminder_id = fields.Many2one(required=False)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade"
    )

    @api.depends("company_id")
    @api.depends_context("lang")
    def _compute_content(self):
        return super()._compute_content()

    def _has_subject(self):
        return bool(self.company_id)

    def _prepare_deliveries(self):
        self.ensure_one()
        self.company_id._check_reminder_configurator()
        # sudo: the sender's account is used, and addresses are the service's to read
        company = self.company_id.sudo()
        # sudo: to decide reads the company's settings, which not every reader may read
        decision = self.env["crm.task.reminder.decision"].sudo()
        if error := decision._find_company_obstacle(company):
            raise error
        day = self._find_day(company)
        plans, refusals = decision._address_plans(company, [day])
        if not plans:
            plans = [
                decision._make_plan(company, day[0], channel, *day[1:])
                for channel in decision._get_plan_channels(company)
            ]
        # sudo: to write reads the company's settings; the tasks are read by the reader
        queue = self.env["crm.task.reminder.plan.queue"].sudo()
        for channel, members in decision._group_by_channel(plans):
            queue._render(company, channel, members, self.env.user)
        return plans, refusals

    @api.model
    def _find_day(self, company):
        """Return whose plan is shown: the user's own, else the next one.

        :param res.company company: as superuser
        :return tuple: Recipient, tasks, date, and when that day's morning begins
        :raise ReminderError: nobody has anything to do that the user may read
        """
        now = fields.Datetime.now()
        # sudo: whose tasks they are is found out as the service does
        finder = self.env["crm.task.reminder.day"].sudo()
        days = []
        for recipient, tasks in finder._find_work(company, now, LOOK_AHEAD).values():
            readable = tasks.with_env(self.env)._filtered_access("read").sudo()
            ahead = readable.filtered(lambda task: task.planned_date_begin >= now)
            if ahead:
                start = ahead[0].planned_date_begin
                is_other = recipient.partner != self.env.user.partner_id
                days.append((is_other, start, recipient, readable))
        if not days:
            error = self.env._("nobody has a task in the next days that you may read")
            raise ReminderError("no_recipient", error)
        _is_other, start, recipient, tasks = min(days, key=lambda one: one[:2])
        date = schedule.to_local(start, recipient.tz).date()
        _date, due_at = finder._get_morning(company, recipient.tz, start)
        tasks = finder._filter_to_day(tasks, date, recipient.tz)
        return recipient, tasks, date, due_at

    @api.model
    def _get_plan_reader(self, company):
        """Return the user as a recipient of the company's messages.

        :param res.company company: as superuser
        """
        # sudo: one's own address is one's own to read
        user = self.env.user.sudo()
        task = self.env["project.task"].sudo()
        return task._make_reminder_user_recipient(company, user)

    def action_send_test(self):
        # sudo: the sender's account is used; who may do so is asked with the text
        company = self.company_id.sudo()
        return self._send_tests(company, self._get_plan_reader(company))
