from odoo import api, models

#: Context key: the messages are sent by the service, whose operator does not wait for
#: them at the screen.
BY_SERVICE = "crm_task_reminder_by_service"


class MailMessage(models.Model):
    _inherit = "mail.message"

    @api.ondelete(at_uninstall=False)
    def _unlink_reminder_receipts_first(self):
        """Delete the receipts before the messages, for the same reason as with tasks.

        See ``_unlink_reminders_first`` of ``project.task``.
        """
        # sudo: whoever may delete a message need not have access to the log
        log = self.env["crm.task.reminder.log"].sudo()
        log.search([("message_id", "in", self.ids)]).notification_id.unlink()

    def _notify_message_notification_update(self):
        """Push only what failed to the screens of the operator.

        To push each SMS that was sent takes half of the time of handing it over.
        """
        messages = self
        if self.env.context.get(BY_SERVICE):
            messages = self.filtered("has_error")
        return super(MailMessage, messages)._notify_message_notification_update()
