from odoo import api, models

from .res_company import SmsApiCarrier


class CrmTaskReminderSmsProviderCarrier(models.AbstractModel):
    _name = "crm.task.reminder.sms.provider.carrier"
    _inherit = "crm.task.reminder.sms.provider"
    _description = "SMS of Task Reminders through the Carrier"

    _is_certain = True
    _can_be_asked = True

    @api.model
    def _get_client_class(self):
        return SmsApiCarrier

    @api.model
    def _find_gap(self, company):
        return "" if company.sms_carrier_url else self.env._("No carrier is set up.")

    @api.model
    def _describe(self, company):
        return self.env._("SMS are sent through the carrier.")

    @api.model
    def _ask(self, rows):
        uuids = {row.notification_id.sms_tracker_ids.sms_uuid: row for row in rows}
        known = self._get_client(rows.company_id)._call("ask", list(uuids))
        return {uuids[uuid]: is_sent for uuid, is_sent in known.items()}
