from odoo import api, fields, models
from odoo.tools import SQL

from ....tools.existence import exists


class CrmTaskReminderService(models.AbstractModel):
    """Finds the companies that have something to send, all by one query."""

    _inherit = "crm.task.reminder.service"

    @api.model
    def _get_busy_companies(self):
        """Return the companies that are on and have something due or left to send.

        What a company asks for by itself, see ``_has_work``, is asked of these alone.
        """
        companies = self.env["res.company"]
        companies.flush_model(["active", "reminder_enabled"])
        work = [self._exist_of_company(*kind) for kind in self._list_work(companies)]
        query = SQL(
            """
            SELECT company.id
              FROM res_company AS company
             WHERE company.active
               AND company.reminder_enabled
               AND (%s)
            """,
            SQL(" OR ").join(work),
        )
        found = self.env.execute_query(query)
        return companies.browse(company_id for (company_id,) in found)

    @api.model
    def _list_work(self, companies):
        """Return what there may be to do in companies.

        :param res.company companies:
        :return list[tuple[str, list]]: names of models, and which of their records are
            work
        """
        queue = self.env["crm.task.reminder.queue"]
        hand_over = self.env["crm.task.reminder.hand.over"]
        queued = hand_over._get_queued_domain(companies, list(self._get_channels()))
        return [
            (
                "crm.task.reminder",
                queue._get_due_domain(companies, fields.Datetime.now()),
            ),
            ("crm.task.reminder.log", queued),
        ]

    @api.model
    def _exist_of_company(self, name, domain):
        """Return the condition that a company has such records.

        :param str name: of the model
        :param list domain: whatever it says about the company is left out
        """
        model = self.env[name]
        domain = [leaf for leaf in domain if leaf[0] != "company_id"]
        owner = SQL.identifier(model._table, "company_id")
        return exists(model, domain, SQL("%s = company.id", owner))
