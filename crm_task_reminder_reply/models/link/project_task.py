from contextlib import suppress

from odoo import api, models
from odoo.addons.crm_task_reminder.tools.errors import ReminderError


class ProjectTask(models.Model):
    _inherit = "project.task"

    @api.ondelete(at_uninstall=False)
    def _unlink_reminder_links_first(self):
        """Delete the links before the tasks.

        PostgreSQL would do both in one go and find rows of the log that refer to a link
        which is gone.
        """
        # sudo: links are nobody's to delete
        links = self.env["crm.task.reminder.link"].sudo()
        links.search([("task_id", "in", self.ids)]).unlink()

    def _get_reminder_customer_addresses(self, company, channel):
        """Return where a form of sending reaches the customer today.

        :param res.company company: in whose name
        :param crm.task.reminder.channel channel:
        :return set[str]: empty where the customer can't be reached any more
        """
        self.ensure_one()
        addresses = set()
        with suppress(ReminderError):
            for recipient in self._get_reminder_recipients("customer", company):
                addresses.update(channel._get_active_addresses(recipient))
        return addresses
