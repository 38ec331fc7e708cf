"""What the addon uses of sms, and of phone_validation below it."""

from .seams import Seam

SEAMS = [
    Seam(
        "notes that an SMS has left, where what was written of it is lost",
        "odoo.addons.sms.models.sms_tracker:SmsTracker._action_update_from_sms_state",
        "(self, sms_state, failure_type=False, failure_reason=False)",
        {"models/channel/sms/leaving/crm_task_reminder_channel_sms.py"},
    ),
    Seam(
        "hears of late receipts of what is in doubt",
        "odoo.addons.sms.models.sms_tracker:SmsTracker._update_sms_notifications",
        "(self, notification_status, failure_type=False, failure_reason=False)",
        {"models/channel/sms/sms_tracker.py"},
    ),
    Seam(
        "reads a phone number",
        "odoo.addons.phone_validation.models.models:Base._phone_format",
        "(self, fname=False, number=False, country=False, force_format='E164', "
        "raise_exception=False)",
        {
            "models/channel/sms/crm_task_reminder_channel_sms.py",
            "models/line/recipient/phone/project_task.py",
        },
    ),
    Seam(
        "tells which provider a company has",
        "odoo.addons.sms.models.res_company:ResCompany._get_sms_api_class",
        "(self)",
        {"models/channel/sms/crm_task_reminder_sms_provider.py"},
    ),
    Seam(
        "calls an SMS gateway, whose answer the addon keeps",
        "odoo.addons.sms.tools.sms_api:SmsApiBase._send_sms_batch",
        "(self, messages, delivery_reports_url=False)",
        {"tools/sms_gateway.py"},
    ),
    Seam(
        "sends SMS through a given client, whatever their state",
        "odoo.addons.sms.models.sms_sms:SmsSms._send",
        "(self, unlink_failed=False, unlink_sent=True, raise_exception=False)",
        {"models/channel/sms/leaving/crm_task_reminder_channel_sms.py"},
    ),
]
