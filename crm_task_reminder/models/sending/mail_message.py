from odoo import models
from odoo.tools import SQL


class MailMessage(models.Model):
    _inherit = "mail.message"

    def _put_on_reminder_tasks(self, tasks):
        """Put each message on its task, all by one query.

        If ``create`` were given the task, Odoo would add each message to the list of
        messages of its task. That takes a fifth of the time of queueing an SMS.

        :param project.task tasks: one per message, in the same order
        """
        query = SQL(
            "UPDATE mail_message SET res_id = link.task_id "
            "FROM unnest(%s::int[], %s::int[]) AS link(id, task_id) "
            "WHERE mail_message.id = link.id",
            list(self._ids),
            list(tasks._ids),
        )
        self.env.cr.execute(query)
        self.invalidate_recordset(["res_id"], flush=False)
        tasks.invalidate_recordset(["message_ids"], flush=False)
