from odoo import api, fields, models

from ...tools import reach


class CrmTaskReminderSettingsMixin(models.AbstractModel):
    """Says whether customers can open what the links in reminders lead to."""

    _inherit = "crm.task.reminder.settings.mixin"

    reminder_link_warning = fields.Char(
        compute="_compute_reminder_link_warning", compute_sudo=True
    )

    @api.depends("company_id")
    @api.depends_context("lang")
    def _compute_reminder_link_warning(self):
        for settings in self:
            company = settings._get_reminder_window_company()
            address = company.get_base_url() if company else ""
            settings.reminder_link_warning = self._describe_reminder_reach(address)

    @api.model
    def _describe_reminder_reach(self, address):
        """Return in words what keeps customers from opening an address.

        :param str address: what the links in reminders begin with
        :return str: empty if nothing does
        """
        if not address:
            return ""
        if reach.is_local(address):
            return self.env._(
                "Customers can't open the links in reminders: %s is known in your "
                "own network only. An administrator sets the system parameter "
                "web.base.url.",
                address,
            )
        if reach.is_plain(address):
            return self.env._(
                "The links in reminders are not encrypted: %s does not begin with "
                "https. Some phones warn of them, others don't open them.",
                address,
            )
        return ""
