from odoo import api, models
from odoo.tools import SQL

from ....tools.transaction import execute


class CrmTaskReminderHandOver(models.AbstractModel):
    """A start that is told and one that is moved meanwhile know of each other."""

    _inherit = "crm.task.reminder.hand.over"

    @api.model
    def _take(self, company, channel, run, limit):
        """Let whoever moves a start meanwhile see that it is being told.

        What there is to tell is worked out from what was told. A person who moves a
        start back does not see that the other one is leaving just now, and nobody would
        be told. Both write the news of the task: of two the later one has a conflict,
        and looks again.
        """
        rows = super()._take(company, channel, run, limit)
        in_hand = rows.filtered(lambda row: row.state == "sending")
        if in_hand.task_id:
            query = SQL(
                "UPDATE crm_task_reminder_notice SET write_date = write_date "
                "WHERE task_id = ANY(%s) RETURNING id",
                in_hand.task_id.ids,
            )
            execute(self.env, query)
        return rows
