from odoo import api, fields, models
from odoo.tools import SQL

from ....tools.existence import exists


class CrmTaskReminderService(models.AbstractModel):
    """Finds out who has something to send: of all companies by one query, or of one."""

    _inherit = "crm.task.reminder.service"

    @api.model
    def _get_busy_companies(self):
        """Return the companies that are on and have something due or left to send.

        What a company asks for by itself, see ``_has_work``, is asked of these alone.
        """
        companies = self.env["res.company"]
        companies.flush_model(["active", "reminder_enabled"])
        is_on = SQL("company.active AND company.reminder_enabled")
        return self._find_busy(self._list_work(companies), is_on)

    @api.model
    def _find_busy(self, work, condition):
        """Return the companies that have some of the work, by one query.

        :param list work: as ``_list_work`` returns it
        :param odoo.tools.SQL condition: which companies are asked for
        """
        query = SQL(
            "SELECT company.id FROM res_company AS company WHERE %s AND (%s)",
            condition,
            SQL(" OR ").join(self._exist_of_company(*kind) for kind in work),
        )
        found = self.env.execute_query(query)
        return self.env["res.company"].browse(company_id for (company_id,) in found)

    @api.model
    def _list_work(self, companies):
        """Return what there may be to do in companies.

        :param res.company companies:
        :return list[tuple[str, list]]: names of models, and which of their records are
            work
        """
        return [*self._list_due(companies), self._get_queued(companies)]

    @api.model
    def _list_due(self, companies):
        """Return like ``_list_work`` what no limit of messages per hour holds up."""
        queue = self.env["crm.task.reminder.queue"]
        due = queue._get_due_domain(companies, fields.Datetime.now())
        return [("crm.task.reminder", due)]

    @api.model
    def _get_queued(self, companies):
        """Return as one of ``_list_work`` what is left to hand over."""
        hand_over = self.env["crm.task.reminder.hand.over"]
        queued = hand_over._get_queued_domain(companies, list(self._get_channels()))
        return "crm.task.reminder.log", queued

    @api.model
    def _has_work(self, company):
        """Tell whether anything of the company is due or may be handed over now."""
        own = SQL("company.id = %s", company.id)
        if self._find_busy(self._list_due(company), own):
            return True
        limits = self.env["crm.task.reminder.limit"]
        return bool(limits._get_quota(company, 1)) and self._has_queued(company)

    @api.model
    def _has_queued(self, company):
        """Tell whether messages of the company are left to hand over."""
        own = SQL("company.id = %s", company.id)
        return bool(self._find_busy([self._get_queued(company)], own))

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
