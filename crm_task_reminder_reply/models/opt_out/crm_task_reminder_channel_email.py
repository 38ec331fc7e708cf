from odoo import api, models


class CrmTaskReminderChannelEmail(models.AbstractModel):
    _inherit = "crm.task.reminder.channel.email"

    @api.model
    def _put_on_blacklist(self, addresses, note):
        for address in addresses:
            self.env["mail.blacklist"]._add(address, message=note)

    @api.model
    def _take_off_blacklist(self, addresses, note):
        for address in addresses:
            self.env["mail.blacklist"]._remove(address, message=note)

    @api.model
    def _describe_opt_out(self):
        return self.env._("No more e-mails")
