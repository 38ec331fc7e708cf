from odoo import models


class CrmTaskReminder(models.Model):
    """Which lines stay where others take their place, or where all are taken out."""

    _inherit = "crm.task.reminder"

    def _filter_kept(self, settings):
        """Return the lines that stay: what was sent is not taken out.

        A line is done as soon as its messages are queued. Those that wait stay where
        other lines come: what these are for may have passed by now.

        :param settings: the lines that come; empty if all are taken out
        """
        done = self.filtered(lambda line: line.state == "done")
        return done if settings else done._filter_sent()

    def _filter_sent(self):
        """Return those of the lines that are done of which something has been sent."""
        return self
