from odoo import api, models


class CrmTaskReminderChannelSms(models.AbstractModel):
    _inherit = "crm.task.reminder.channel.sms"

    @api.model
    def _put_on_blacklist(self, addresses, note):
        self.env["phone.blacklist"]._add(addresses, message=note)

    @api.model
    def _take_off_blacklist(self, addresses, note):
        self.env["phone.blacklist"]._remove(addresses, message=note)

    @api.model
    def _describe_opt_out(self):
        return self.env._("No more text messages")
