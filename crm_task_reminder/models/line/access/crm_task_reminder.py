from functools import partial

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain


class CrmTaskReminder(models.Model):
    """Who may read and change lines.

    Whoever may read a task may read its reminders, and whoever may edit it those that
    are sent in the name of an own company.
    """

    _inherit = "crm.task.reminder"

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if self.env.su or not any(self._ids):
            return result
        hidden = result[0] if result else self.browse()
        # sudo: to read which tasks they belong to; the rights on these are checked here
        tasks = self.sudo().task_id.sudo(False)
        tasks = tasks._filtered_access("read" if operation == "read" else "write")
        hidden |= self.sudo().filtered(lambda line: line.task_id not in tasks)
        foreign = self.browse() if operation == "read" else self._filter_foreign()
        if hidden:
            make_error = self.env["ir.rule"]._make_access_error
            return hidden | foreign, partial(make_error, operation, hidden)
        return (foreign, foreign._make_foreign_error) if foreign else None

    def _filter_foreign(self, company=None):
        """Return the reminders that leave in the name of a company not the user's.

        :param res.company company: whose they are to be; as they are if None
        """
        user = self.env.user
        if user._is_superuser():
            return self.browse()
        own = user._get_reminder_companies()
        # sudo: to read which company they belong to, whether the user may or not
        return self.sudo().filtered(
            lambda line: (company or line.company_id) not in own
        )

    def _make_foreign_error(self, company=None):
        """Return the error for who may not speak in the name of a company.

        :param res.company company: the reminder's unless given
        """
        # sudo: to name the company; the task is named to who may read it
        line = self.sudo()[:1]
        is_open = line.task_id._origin.sudo(False).has_access("read")
        return AccessError(
            self.env._(
                "Only users of %(company)s may set, change, try out or send its "
                "reminders of “%(task)s”.",
                company=(company or line.company_id).sudo().name,
                task=line.task_id.name if is_open else "…",
            )
        )

    def _check_company_access(self, company=None):
        """Refuse what would let somebody speak in the name of a foreign company.

        :param res.company company: whose the reminders are to be; as they are if None
        :raise AccessError: a reminder's company is none of the user's
        """
        foreign = self._filter_foreign(company)
        if foreign:
            raise foreign._make_foreign_error(company)

    def _update_cache(self, values, validate=True):
        """Refuse a line on a form that names what the user may not know of.

        That is a company that is none of the user's, or a task that the user may not
        read: what is worked out for the line would tell of them. They are named by the
        form's values or by a default of the context.
        """
        result = super()._update_cache(values, validate)
        if self.id or self.env.su:
            return result
        if "task_id" in values:
            self.task_id._origin.check_access("read")
        if "company_id" in values:
            self._check_named_company(self.company_id._origin)
        return result

    def _check_named_company(self, company):
        """Refuse a foreign company unless the reminder, as it is saved, is its own.

        :param res.company company:
        :raise AccessError: it is none of the user's
        """
        # sudo: to read whose it is, whether the user may or not
        if company and company != self._origin.sudo().company_id:
            self._check_company_access(company)

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not (self.env.su or bypass_access):
            tasks = self.env["project.task"].with_context(active_test=False)
            domain = Domain(domain) & Domain("task_id", "in", tasks._search([]))
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)
