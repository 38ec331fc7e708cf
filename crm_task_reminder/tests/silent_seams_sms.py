"""What the addon counts on where SMS leave and their receipts come."""

from .silent_seams import Silent

CHANNELS = "models/channel"
SMS = f"{CHANNELS}/sms/crm_task_reminder_channel_sms.py"
SMS_LEAVING = f"{CHANNELS}/sms/leaving/crm_task_reminder_channel_sms.py"
SMS_SMS = "odoo.addons.sms.models.sms_sms:SmsSms"

SILENT = [
    Silent(
        "SMS are sent by a client whose answer nobody keeps",
        f"{SMS_SMS}._send",
        "sms_api = self.env.context.get('sms_api')",
        SMS_LEAVING,
        '"sms_api": client',
    ),
    Silent(
        "a broken connection is taken for an answer",
        f"{SMS_SMS}._send_with_api",
        "if raise_exception: raise",
        SMS_LEAVING,
        "raise_exception=True",
    ),
    Silent(
        "Odoo's queue sends the reminders' SMS as well",
        f"{SMS_SMS}._process_queue",
        "domain = [('state', '=', 'outgoing'),",
        SMS,
        '"state": "process"',
    ),
    Silent(
        "a button of Odoo's sends the reminders' SMS as well",
        f"{SMS_SMS}.send",
        "domain = [('state', '=', 'outgoing'),",
        SMS,
        '"state": "process"',
    ),
    Silent(
        "an SMS that nobody took counts as one that failed for good",
        "odoo.addons.sms.tools.sms_api:SmsApiBase",
        "'server_error': 'sms_server'",
        SMS,
        '"sms_server"',
    ),
    Silent(
        "the log does not hear what became of SMS",
        "odoo.addons.sms.models.sms_tracker:SmsTracker._update_sms_notifications",
        "notifications.write({ 'notification_status': notification_status,",
        "models/sending/receipts/mail_notification.py",
        '"notification_status" in vals',
    ),
    Silent(
        "receipts of SMS come with no rights of the superuser and count for nothing",
        f"{SMS_SMS}._send_with_api",
        "all_sms_sudo = self.env['sms.sms'].sudo()",
        "models/sending/receipts/mail_notification.py",
        "self.env.su",
    ),
    Silent(
        "messages in doubt are sent again: what caused the error is not told",
        "odoo.addons.iap.tools.iap_tools:iap_jsonrpc",
        "except (requests.exceptions.RequestException, IAPServerError) as e: "
        '_logger.warning("iap jsonrpc %s failed, %s: %s", url, '
        "e.__class__.__name__, exception_to_unicode(e)) raise exceptions.AccessError(",
        "models/channel/sms/crm_task_reminder_sms_provider.py",
        "error.__context__",
    ),
    Silent(
        "a test SMS is paid from the account of another company",
        "odoo.api:Environment.company",
        "self.context.get('allowed_company_ids', [])",
        SMS,
        "allowed_company_ids=company.ids",
    ),
]
