"""What the addon counts on where e-mails leave and messages get onto tasks."""

from .silent_seams import Silent

CHANNELS = "models/channel"
EMAIL = f"{CHANNELS}/email/crm_task_reminder_channel_email.py"
MAIL_MAIL = "odoo.addons.mail.models.mail_mail:MailMail"
MAIL_SERVER = "odoo.addons.base.models.ir_mail_server:IrMail_Server"
MAIL_MESSAGE = "odoo.addons.mail.models.mail_message:MailMessage"

SILENT = [
    Silent(
        "Odoo's queue sends the reminders' mails as well",
        f"{MAIL_MAIL}.process_email_queue",
        "domain.extend(self.env.context['filters'])",
        f"{CHANNELS}/email/mail_mail.py",
        "filters=filters",
    ),
    Silent(
        "mails leave past the service, which marks none of them",
        f"{MAIL_SERVER}.send_email",
        "smtp.send_message(message, smtp_from, smtp_to_list)",
        "tools/smtp.py",
        "def send_message(self, message, smtp_from, smtp_to)",
    ),
    Silent(
        "a mail whose text has left is taken for one that has not",
        "smtplib:SMTP.sendmail",
        "self.data(msg)",
        "tools/smtp.py",
        "session.data = session.data, self._watch_data",
    ),
    Silent(
        "mails are deleted before the service has looked at them",
        f"{MAIL_MAIL}._postprocess_sent_message",
        "filtered(lambda mail: mail.auto_delete).unlink()",
        EMAIL,
        '"auto_delete": False',
    ),
    Silent(
        "two receipts are written for each mail",
        f"{MAIL_MAIL}._send",
        "('mail_mail_id', 'in', mail.ids)",
        EMAIL,
        '"mail_mail_id": False',
    ),
    Silent(
        "receipts are looked for with each mail",
        f"{MAIL_MAIL}._postprocess_sent_message",
        "notifications = self.env['mail.notification'].search([",
        f"{CHANNELS}/email/leaving/mail_notification.py",
        "def search(self, domain",
    ),
    Silent(
        "mail systems answer reminders by themselves",
        f"{MAIL_MAIL}._prepare_outgoing_list",
        "headers = ast.literal_eval(self.headers)",
        EMAIL,
        "repr({**HEADERS, **own})",
    ),
    Silent(
        "the text part is the layout turned into text",
        f"{MAIL_MAIL}._prepare_outgoing_list",
        "'body_alternative': tools.html2plaintext(body_personalized)",
        f"{CHANNELS}/email/mail_mail.py",
        'values["body_alternative"]',
    ),
    Silent(
        "nobody gets the copies that a template asks for",
        f"{MAIL_MAIL}._prepare_outgoing_list",
        "email_list[0]['email_cc'] = ",
        EMAIL,
        '"email_cc": ',
    ),
    Silent(
        "the sender's name in a mail is that of the mail before",
        f"{MAIL_SERVER}._prepare_email_message__",
        "smtp_from = getattr(smtp_session, 'smtp_from', False) or smtp_from",
        f"{CHANNELS}/email/leaving/crm_task_reminder_channel_email.py",
        "row.id, smtp_from)",
    ),
    Silent(
        "a firm's name is torn to two senders",
        f"{MAIL_SERVER}._prepare_email_message__",
        "self._alter_message__(message, smtp_from, smtp_to_list)",
        f"{CHANNELS}/email/ir_mail_server.py",
        "address_header.keep(message)",
    ),
    Silent(
        "customers see no logo",
        "odoo.addons.web.controllers.binary:Binary.company_logo",
        "SELECT logo_web, write_date",
        f"{CHANNELS}/email/layout/crm_task_reminder_channel_email.py",
        "/logo.png?company=",
    ),
    Silent(
        "an account that reminders use can be archived",
        f"{MAIL_SERVER}.write",
        "usages_per_server = self._active_usages_compute()",
        "models/company/ir_mail_server.py",
        "def _active_usages_compute",
    ),
    Silent(
        "no old personal account is deleted while reminders use one",
        "odoo.addons.mail.models.res_users:ResUsers._gc_personal_mail_servers",
        "self.env['ir.mail_server'].with_context(active_test=False)",
        "models/company/res_users.py",
        "SPARE_USED: True",
    ),
    Silent(
        "the log does not hear of mails that come back",
        "odoo.addons.mail.models.mail_thread:MailThread._routing_handle_bounce",
        "self.env['mail.notification'].sudo().search(",
        "models/sending/receipts/mail_notification.py",
        "self.env.su",
    ),
    Silent(
        "a mail that is only late counts as one that came back",
        "odoo.addons.mail.models.mail_thread:MailThread._routing_handle_bounce",
        "bounced_email, bounced_partner = message_dict['bounced_email'], "
        "message_dict['bounced_partner']",
        "models/sending/receipts/mail_thread.py",
        '"bounced_email": bounced',
    ),
    Silent(
        "the recipient counts as the one whose copy came back",
        "odoo.addons.mail.models.mail_thread:MailThread.message_parse",
        "msg_dict.update(self._message_parse_extract_bounce(message, msg_dict))",
        "models/sending/receipts/mail_thread.py",
        "super()._message_parse_extract_bounce(",
    ),
    # messages and activities on tasks
    Silent(
        "what Odoo does with the task of a new message is left out",
        f"{MAIL_MESSAGE}.create",
        "message._invalidate_documents(values.get('model'), values.get('res_id'))",
        "models/sending/mail_message.py",
        "UPDATE mail_message SET res_id",
    ),
    Silent(
        "a task goes on with the list of messages that it had",
        f"{MAIL_MESSAGE}._invalidate_documents",
        "fnames = ['message_ids', 'message_needaction', 'message_needaction_counter']",
        "models/sending/mail_message.py",
        'tasks.invalidate_recordset(["message_ids"]',
    ),
    Silent(
        "the administrator gets an e-mail for each activity, too",
        "odoo.addons.mail.models.mail_activity:MailActivity.create",
        "self.env.context.get('mail_activity_quick_update')",
        "models/sending/res_company.py",
        "mail_activity_quick_update=True",
    ),
]
