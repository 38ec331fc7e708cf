from odoo import api, models

from ...tools import told


class CrmTaskReminderChannel(models.AbstractModel):
    """What a message says of its task; a form that can't tell has told nothing."""

    _inherit = "crm.task.reminder.channel"

    @api.model
    def _find_told(self, company, delivery, words):
        """Return words as far as a message has them, an empty text if it has not.

        :param res.company company:
        :param Delivery delivery: with its content
        :param str words: such as the title of its task; may be empty
        """
        return told.find(self._get_told_text(delivery), words)

    @api.model
    def _find_told_of_task(self, company, delivery):
        """Return the title and the place of a task as far as a message has them.

        A place of which the message has told a part only is not told at all.

        :param res.company company:
        :param Delivery delivery: with its content
        :return dict[str, str]:
        """
        task = delivery.task
        place = task._get_reminder_place()
        said = self._find_told(company, delivery, place.rstrip(" ."))
        return {
            "title": self._find_told(company, delivery, task.name or ""),
            "place": place if said and said == place.rstrip(" .") else "",
        }

    @api.model
    def _get_told_text(self, delivery):
        """Return all that the reader of a message reads, as plain text.

        :param Delivery delivery: with its content
        """
        return ""
