"""What the addon uses of mail, and of bus below it: mails, messages, templates."""

from .seams import Seam

SEAMS = [
    Seam(
        "asks in the browser of who has changed many dates",
        "odoo.addons.bus.models.bus_listener_mixin:BusListenerMixin._bus_send",
        "(self, notification_type, message, /, *, subchannel=None)",
        {"models/screen/notice/crm_task_reminder_notice.py"},
    ),
    Seam(
        "asks whether a mail may leave through an account",
        "odoo.addons.mail.models.mail_mail:MailMail._filter_mail_mail_servers",
        "(self, mail_servers)",
        {"models/channel/email/mail_mail.py"},
    ),
    Seam(
        "gives the receipt of a mail",
        "odoo.addons.mail.models.mail_mail:MailMail._get_notification_values",
        "(self)",
        {"models/channel/email/crm_task_reminder_channel_email.py"},
    ),
    Seam(
        "gives a mail its text part",
        "odoo.addons.mail.models.mail_mail:MailMail._prepare_outgoing_list",
        "(self, mail_server=False, doc_to_followers=None)",
        {"models/channel/email/mail_mail.py"},
    ),
    Seam(
        "gives the mails that a personal account may send now",
        "odoo.addons.mail.models.mail_mail:MailMail._split_by_delayed_batch",
        "(self, mail_server)",
        {"models/channel/email/mail_mail.py"},
    ),
    Seam(
        "groups mails by account and sender",
        "odoo.addons.mail.models.mail_mail:MailMail._split_by_mail_configuration",
        "(self)",
        {"models/channel/email/leaving/crm_task_reminder_channel_email.py"},
    ),
    Seam(
        "tells the log of a mail that was cancelled",
        "odoo.addons.mail.models.mail_mail:MailMail.cancel",
        "(self)",
        {"models/channel/email/mail_mail.py"},
    ),
    Seam(
        "gives a mail that is sent again to Odoo's queue",
        "odoo.addons.mail.models.mail_mail:MailMail.mark_outgoing",
        "(self)",
        {"models/channel/email/mail_mail.py"},
    ),
    Seam(
        "keeps Odoo's queue from sending reminders",
        "odoo.addons.mail.models.mail_mail:MailMail.process_email_queue",
        "(self, email_ids=(), batch_size=1000)",
        {"models/channel/email/mail_mail.py"},
    ),
    Seam(
        "tells screens of SMS, of failed ones alone where the service sends",
        "odoo.addons.mail.models.mail_message:MailMessage._notify_message_notific"
        "ation_update",
        "(self)",
        {"models/channel/sms/mail_message.py"},
    ),
    Seam(
        "puts a mail into its layout",
        "odoo.addons.mail.models.mail_render_mixin:MailRenderMixin._render_encapsulate",
        "(self, layout_xmlid, html, add_context=None, context_record=None)",
        {"models/channel/email/layout/crm_task_reminder_channel_email.py"},
    ),
    Seam(
        "fills a template in",
        "odoo.addons.mail.models.mail_render_mixin:MailRenderMixin._render_field",
        "(self, field, res_ids, engine='inline_template', compute_lang=False, "
        "res_ids_lang=False, set_lang=False, add_context=None, options=None)",
        {
            "models/channel/email/content/crm_task_reminder_channel_email.py",
            "models/channel/sms/crm_task_reminder_channel_sms.py",
            "models/channel/sms/plan/crm_task_reminder_channel_sms.py",
        },
    ),
    Seam(
        "puts the messages of a batch on their tasks",
        "odoo.addons.mail.models.mail_thread:MailThread._message_create",
        "(self, values_list)",
        {"models/sending/crm_task_reminder_queue.py"},
    ),
    Seam(
        "says whom the mail that came back has not reached",
        "odoo.addons.mail.models.mail_thread:MailThread._message_parse_extract_bounce",
        "(self, email_message, message_dict)",
        {"models/sending/receipts/mail_thread.py"},
    ),
    Seam(
        "lets everybody use the reminders' fields in templates",
        "odoo.addons.mail.models.models:Base.mail_allowed_qweb_expressions",
        "(self)",
        {
            "models/channel/anchor/project_task.py",
            "models/channel/notice/project_task.py",
            "models/channel/plan/project_task.py",
            "models/channel/project_task.py",
        },
    ),
    Seam(
        "deletes old personal accounts, but for those that reminders use",
        "odoo.addons.mail.models.res_users:ResUsers._gc_personal_mail_servers",
        "(self)",
        {"models/company/res_users.py"},
    ),
    Seam(
        "names who answers go to",
        "odoo.addons.mail.models.models:Base._notify_get_reply_to_formatted_email",
        "(self, record_email, author_id=False)",
        {"models/channel/email/crm_task_reminder_channel_email.py"},
    ),
    Seam(
        "sends one mail through a given session",
        "odoo.addons.mail.models.mail_mail:MailMail._send",
        "(self, auto_commit=False, raise_exception=False, smtp_session=None, "
        "alias_domain_id=False, mail_server=False, post_send_callback=None)",
        {"models/channel/email/leaving/crm_task_reminder_channel_email.py"},
    ),
    Seam(
        "tells also the present sender of what is answered",
        "odoo.addons.mail.models.mail_thread:MailThread.message_post",
        "(self, *, body='', subject=None, message_type='notification', "
        "email_from=None, author_id=None, parent_id=False, subtype_xmlid=None, "
        "subtype_id=False, partner_ids=None, outgoing_email_to=False, "
        "incoming_email_to=False, incoming_email_cc=False, attachments=None, "
        "attachment_ids=None, body_is_html=False, **kwargs)",
        {"models/channel/email/project_task.py"},
    ),
]
