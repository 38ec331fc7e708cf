from odoo import models


class CrmTaskReminderLog(models.Model):
    """Which failed messages the service is to send in another form."""

    _inherit = "crm.task.reminder.log"

    def _set_state(self, state, reason=False, detail=""):
        result = super()._set_state(state, reason, detail)
        seeking = self.browse()
        if state == "failed":
            seeking = self._filter_with_second_way(reason)
        # whatever has become of the others since, they are not to be replaced any more
        (self - seeking).filtered("seeks_second_way").seeks_second_way = False
        seeking.seeks_second_way = True
        return result

    def _filter_with_second_way(self, reason):
        """Return the messages that another form can take the place of.

        A message that stands in the place of another one has none.

        :param str reason: why they have failed
        """
        second_way = self.env["crm.task.reminder.second.way"]
        found = self.browse()
        for channel, rows in self.filtered("channel")._split_by_channel():
            for company, members in rows.grouped("company_id").items():
                if second_way._find(company, channel, reason) is not None:
                    found += members
        # a morning plan has no reminder; it has a way of its own
        return found.filtered(
            lambda row: row.address and row.reminder_id and not row.instead_of_id
        )
