from odoo import api, models


class CrmTaskReminderChannel(models.AbstractModel):
    """What a form costs: the parts of its messages, and how many may leave on a day."""

    _inherit = "crm.task.reminder.channel"

    #: Field of a company: how many parts may leave on a day. None: they cost nothing.
    _daily_limit_field = None
    #: Field of a company that says which form to take beyond that.
    _daily_second_way_field = None

    @api.model
    def _count_parts(self, rows):
        """Return of how many parts the messages of ledger rows are.

        :param crm.task.reminder.log rows: that are to leave
        :return dict[crm.task.reminder.log, int]: empty where parts do not count
        """
        return {}

    @api.model
    def _count_text_parts(self, content):
        """Return of how many parts a message with a content is.

        :param dict content: as a delivery has it
        :return int: 0 where parts do not count
        """
        return 0

    @api.model
    def _get_daily_limit(self, company):
        """Return how many parts of a company may leave on a day; 0: no limit."""
        return self._daily_limit_field and company[self._daily_limit_field] or 0

    @api.model
    def _list_second_ways(self, company):
        name = self._daily_second_way_field
        beyond = name and self._get_daily_limit(company) and company[name]
        return [*super()._list_second_ways(company), (beyond, {"daily_limit"})]
