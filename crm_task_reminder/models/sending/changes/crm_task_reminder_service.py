from functools import partial

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
        while companies := self._get_changed_companies():
            count = retry(self.env, partial(self._finish_batch, companies))
            if not count:  # another worker has it in hand
                break
            if not cron._commit_progress(count, remaining=1):
                return False
        return True

    @api.model
    def _finish_batch(self, companies):
        """Count days in one company's new time zone; if none has one, drop messages.

        :param res.company companies: see ``_get_changed_companies``
        :return int: number of companies or messages
        """
        if company := companies.filtered("reminder_recount_from")[:1]:
            company._recount_reminder_batch()
            return 1
        return self.env["crm.task.reminder.second.look"]._drop_queued(companies)

    @api.model
    def _get_changed_companies(self):
        """Return the companies that have something left, by one query.

        They have lines to count anew, or are not on and have messages that wait.
        """
        companies = self.env["res.company"]
        companies.flush_model(["active", "reminder_enabled", "reminder_recount_from"])
        waits = self._exist_of_company(
            "crm.task.reminder.log", [("state", "=", "queued")]
        )
        query = SQL(
            """
            SELECT company.id
              FROM res_company AS company
             WHERE (company.active AND company.reminder_recount_from > 0)
                OR ((company.active AND company.reminder_enabled) IS NOT TRUE AND %s)
            """,
            waits,
        )
        found = self.env.execute_query(query)
        return companies.browse(company_id for (company_id,) in found)
