from odoo import api, models
from odoo.tools import SQL

from ....tools.transaction import retry


class CrmTaskReminderService(models.AbstractModel):
    """Finishes what a change of settings has left to do.

    A person who switches a company off, or gives it another time zone, does not wait
    until thousands of messages or lines have followed.
    """

    _inherit = "crm.task.reminder.service"

    @api.model
    def _cron_run(self):
        # sudo: an administrator may let any user run the scheduled action
        if not self.sudo()._finish_changes():
            return None
        return super()._cron_run()

    @api.model
    def _finish_changes(self):
        """Work off what is left, batch by batch; nothing is sent before that.

        :return bool: whether it is all done
        """
        cron = self.env["ir.cron"]
        for step in (self._recount_next, self._drop_next):
            while count := retry(self.env, step):
                if not cron._commit_progress(count, remaining=1):
                    return False
        return True

    @api.model
    def _recount_next(self):
        """Count the days of one company's next lines in its new time zone.

        :return int: 1 if there were any, else 0
        """
        waiting = [("reminder_recount_from", ">", 0)]
        company = self.env["res.company"].search(waiting, limit=1)
        if company:
            company._recount_reminder_batch()
        return len(company)

    @api.model
    def _drop_next(self):
        """Drop the next messages that wait in companies that are off, or archived.

        :return int: number of messages
        """
        silent = self._get_silent_companies()
        look = self.env["crm.task.reminder.second.look"]
        return look._drop_queued(silent) if silent else 0

    @api.model
    def _get_silent_companies(self):
        """Return the companies that are not on and in which messages wait."""
        companies = self.env["res.company"]
        companies.flush_model(["active", "reminder_enabled"])
        waits = self._exist_of_company(
            "crm.task.reminder.log", [("state", "=", "queued")]
        )
        query = SQL(
            """
            SELECT company.id
              FROM res_company AS company
             WHERE (company.active AND company.reminder_enabled) IS NOT TRUE
               AND %s
            """,
            waits,
        )
        found = self.env.execute_query(query)
        return companies.browse(company_id for (company_id,) in found)
