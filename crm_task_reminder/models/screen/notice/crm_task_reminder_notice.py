from odoo import models

#: Type of the message to the browser of who has changed the dates.
QUESTION = "crm_task_reminder.news_question"


class CrmTaskReminderNotice(models.Model):
    """Asks the person before the screen about news that waits for an answer."""

    _inherit = "crm.task.reminder.notice"

    def _hold(self):
        result = super()._hold()
        user = self.env.user
        if user._is_internal() and not user._is_superuser():
            self._ask(user)
        return result

    def _ask(self, user):
        """Have the user's browser ask, if one is open, whether people are to be told.

        Nobody is told without a yes: what is not answered stays held.

        :param res.users user: who has changed the dates
        """
        # sudo(False): who may not decide on the reminders is not asked
        lines = self.env["crm.task.reminder"].union(*(one._get_lines() for one in self))
        lines = lines.sudo(False)._filtered_access("write")
        tasks = lines.sudo().task_id
        if tasks:
            user._bus_send(QUESTION, {"ids": tasks.ids})
