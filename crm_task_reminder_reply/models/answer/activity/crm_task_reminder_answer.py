from markupsafe import Markup

from odoo import api, models
from odoo.addons.crm_task_reminder.tools import schedule

from ..crm_task_reminder_answer import ACTIVITY


class CrmTaskReminderAnswer(models.Model):
    """Who has something to do about an answer, and what."""

    _inherit = "crm.task.reminder.answer"

    def _schedule_activity(self, company):
        """Give somebody one activity about the answer; it stays one when it changes.

        :param res.company company:
        """
        # no mail about it: the customer waits for the page
        task = self.task_id.with_context(mail_activity_quick_update=True)
        activities, user = self._find_activities(task, ACTIVITY, company)
        if not user:
            return
        tz = schedule.pick_zone(user.tz, company._get_reminder_tz())
        there = self.with_context(lang=user.lang, tz=tz)
        note = there._write_note() + Markup("<p>%s</p>") % there._write_advice()
        values = {"note": note, "summary": there._write_summary()}
        if user not in activities.user_id:
            values["user_id"] = user.id
        if activities:
            activities.write(values)
        else:
            task.activity_schedule(ACTIVITY, **values)

    @api.model
    def _find_activities(self, task, kind, company):
        """Return what people have to do about what a customer has said, and who has to.

        On a task of several companies the people of the others have theirs. An assignee
        of another one who is to do it has one for all companies.

        :param project.task task:
        :param str kind: XML id of the activities' type
        :param res.company company: that was written to
        :return tuple[mail.activity, res.users]: each may be empty
        """
        activities = task.activity_search([kind])
        own = activities.filtered(
            lambda activity: company in activity.user_id.company_ids
        )
        user = self._find_reader(company, own.user_id)
        return own or activities.filtered(lambda one: one.user_id == user), user

    def _write_summary(self):
        """Return in few words what the customer has answered."""
        if self.kind == "other":
            return self.env._("The customer asks for another time")
        return self.env._("The customer can't come at this time")

    def _write_advice(self):
        """Return in a sentence what there is to do."""
        return self.env._("Move the start of the task, or call it off.")

    def _find_reader(self, company, former):
        """Return who is to do something: an assignee, else who is responsible.

        :param res.company company:
        :param res.users former: who has something to do about an answer before
        :return res.users: one who may read the task, or empty
        """
        task = self.task_id
        responsible = task.project_id.user_id + company.reminder_user_id
        users = former + task.user_ids + responsible
        for user in users.filtered(lambda user: user.active and not user.share):
            # in the user's own companies: the task may be one of several
            context = {"allowed_company_ids": user.company_ids.ids}
            if task.with_user(user).with_context(**context).has_access("read"):
                return user
        return users.browse()
