"""Pieces of Odoo that plain e-mails are spared.

The short way compares what it writes with what these make, and looks whether an addon
has a part in one of them: it names them, and calls none.
"""

from .seams import Seam

FILES = {"models/channel/email/short_way/crm_task_reminder_channel_email.py"}
ALIAS = "odoo.addons.mail.models.ir_mail_server:IrMail_Server"
MAIL = "odoo.addons.mail.models.mail_mail:MailMail"
RENDER = "odoo.addons.mail.models.mail_render_mixin:MailRenderMixin"
SERVER = "odoo.addons.base.models.ir_mail_server:IrMail_Server"
#: What each does, where it is, its name and signature.
SPARED = [
    (
        "hands a mail over",
        MAIL,
        "_send",
        "(self, auto_commit=False, raise_exception=False, smtp_session=None, "
        "alias_domain_id=False, mail_server=False, post_send_callback=None)",
    ),
    (
        "lists what is sent of a mail",
        MAIL,
        "_prepare_outgoing_list",
        "(self, mail_server=False, doc_to_followers=None)",
    ),
    (
        "makes the body that is sent",
        MAIL,
        "_prepare_outgoing_body",
        "(self)",
    ),
    (
        "fits the body to its recipient",
        MAIL,
        "_personalize_outgoing_body",
        "(self, body, partner=False, doc_to_followers=None)",
    ),
    (
        "notes what became of a mail",
        MAIL,
        "_postprocess_sent_message",
        "(self, success_pids, success_emails, failure_reason=False, failure_type=None)",
    ),
    (
        "tells which accounts a mail may use",
        MAIL,
        "_filter_mail_mail_servers",
        "(self, mail_servers)",
    ),
    (
        "makes links of the body whole",
        RENDER,
        "_replace_local_links",
        "(self, html, base_url=None)",
    ),
    (
        "gives a message to a session",
        SERVER,
        "send_email",
        "(self, message, mail_server_id=None, smtp_server=None, smtp_port=None, "
        "smtp_user=None, smtp_password=None, smtp_encryption=None, "
        "smtp_ssl_certificate=None, smtp_ssl_private_key=None, smtp_debug=False, "
        "smtp_session=None)",
    ),
    (
        "writes a message",
        SERVER,
        "_build_email__",
        "(self, email_from, email_to, subject, body, email_cc=None, "
        "email_bcc=None, reply_to=False, attachments=None, message_id=None, "
        "references=None, object_id=False, subtype='plain', headers=None, "
        "body_alternative=None, subtype_alternative='plain')",
    ),
    (
        "fits a message to the session",
        SERVER,
        "_prepare_email_message__",
        "(self, message, smtp_session)",
    ),
    (
        "lists the addresses of the envelope",
        SERVER,
        "_prepare_smtp_to_list",
        "(self, message, smtp_session)",
    ),
    (
        "changes the message's headers",
        SERVER,
        "_alter_message__",
        "(self, message, smtp_from, smtp_to_list)",
    ),
    (
        "tells whose mails an account sends",
        SERVER,
        "_match_from_filter",
        "(self, email_from, from_filter)",
    ),
    (
        "reads whose mails an account sends",
        SERVER,
        "_parse_from_filter",
        "(self, from_filter)",
    ),
    (
        "finds where bounces go",
        ALIAS,
        "_get_default_bounce_address",
        "(self)",
    ),
    (
        "finds whom mails are from",
        ALIAS,
        "_get_default_from_address",
        "(self)",
    ),
]
SEAMS = [
    Seam(what, f"{owner}.{name}", signature, FILES)
    for what, owner, name, signature in SPARED
]
