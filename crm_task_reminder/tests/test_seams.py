from odoo.tests import tagged

from . import seams
from .seams import Seam

SEAMS = [
    Seam(
        "asks for the defaults of a batch once",
        "odoo.orm.models:BaseModel._add_missing_default_values",
        "(self, values: 'ValuesType') -> 'ValuesType'",
        {"models/channel/base.py"},
    ),
    Seam(
        "recounts whose lines are before rights are asked",
        "odoo.orm.models:BaseModel._recompute_model",
        "(self, fnames: 'Collection[str] | None' = None) -> 'None'",
        {"models/line/recipient/project_task.py"},
    ),
    Seam(
        "leaves out what follows in lines that a form does not have yet",
        "odoo.addons.web.models.models:Base.onchange",
        "(self, values: 'dict', field_names: 'list[str]', fields_spec: 'dict')",
        {
            "models/line/project_task.py",
            "models/screen/overview/project_task.py",
        },
    ),
    Seam(
        "gives the action that a button opens",
        "odoo.addons.base.models.ir_actions:IrActionsActions._for_xml_id",
        "(self, full_xml_id)",
        {
            "models/channel/sms/crm_task_reminder_sms_provider.py",
            "models/channel/sms/crm_task_reminder_sms_provider_iap.py",
            "models/screen/log/crm_task_reminder_log.py",
            "models/screen/overview/project_task.py",
        },
    ),
    Seam(
        "commits each step of the service",
        "odoo.addons.base.models.ir_cron:IrCron._commit_progress",
        "(self, processed: 'int' = 0, *, remaining: 'int | None' = None, "
        "deactivate: 'bool' = False) -> 'float'",
        {
            "models/sending/changes/crm_task_reminder_service.py",
            "models/sending/crm_task_reminder_hand_over.py",
            "models/sending/crm_task_reminder_service.py",
            "models/sending/plan/crm_task_reminder_queue.py",
            "models/sending/plan/crm_task_reminder_service.py",
            "models/sending/second_way/crm_task_reminder_queue.py",
        },
    ),
    Seam(
        "counts the time of a job from the beginning of the worker's turn",
        "odoo.addons.base.models.ir_cron:IrCron._process_job",
        "(cls, cron_cr: 'BaseCursor', job) -> 'None'",
        {"models/sending/turn/ir_cron.py"},
    ),
    Seam(
        "leaves room on the pages of the marks, lets a crash empty a table",
        "odoo.orm.models:BaseModel.init",
        "(self) -> 'None'",
        {
            "models/ledger/mark/crm_task_reminder_era.py",
            "models/ledger/mark/crm_task_reminder_mark.py",
        },
    ),
    Seam(
        "notes that an SMS has left, where what was written of it is lost",
        "odoo.addons.sms.models.sms_tracker:SmsTracker._action_update_from_sms_state",
        "(self, sms_state, failure_type=False, failure_reason=False)",
        {"models/channel/sms/leaving/crm_task_reminder_channel_sms.py"},
    ),
    Seam(
        "spares two searches for receipts with each mail",
        "odoo.orm.models:BaseModel.search",
        "(self, domain: 'DomainType', offset: 'int' = 0, limit: 'int | None' = None, "
        "order: 'str | None' = None) -> 'Self'",
        {"models/channel/email/leaving/mail_notification.py"},
    ),
    Seam(
        "hears of late receipts of what is in doubt",
        "odoo.addons.sms.models.sms_tracker:SmsTracker._update_sms_notifications",
        "(self, notification_status, failure_type=False, failure_reason=False)",
        {"models/channel/sms/sms_tracker.py"},
    ),
    Seam(
        "tells which language Odoo gives to a new contact",
        "odoo.addons.base.models.ir_default:IrDefault._get",
        "(self, model_name, field_name, user_id=False, company_id=False, "
        "condition=False)",
        {"models/line/recipient/project_task.py"},
    ),
    Seam(
        "wakes the service",
        "odoo.addons.base.models.ir_cron:IrCron._trigger",
        "(self, at: 'datetime | Iterable[datetime] | None' = None)",
        {"models/screen/tab/crm_task_reminder.py"},
    ),
    Seam(
        "sends no row of the database along with its error",
        "odoo.addons.base.models.ir_http:IrHttp._handle_error",
        "(cls, exception)",
        {"models/company/ir_http.py"},
    ),
    Seam(
        "refuses to archive an account that reminders use",
        "odoo.addons.base.models.ir_mail_server:IrMail_Server._active_usages_compute",
        "(self)",
        {"models/company/ir_mail_server.py"},
    ),
    Seam(
        "opens the session that all mails of a run share",
        "odoo.addons.base.models.ir_mail_server:IrMail_Server._connect__",
        "(self, host=None, port=None, user=None, password=None, encryption=None, "
        "smtp_from=None, ssl_certificate=None, ssl_private_key=None, "
        "smtp_debug=False, mail_server_id=None, allow_archived=False)",
        {"models/channel/email/ir_mail_server.py"},
    ),
    Seam(
        "asks whether an account is for a sender",
        "odoo.addons.base.models.ir_mail_server:IrMail_Server._match_from_filter",
        "(self, email_from, from_filter)",
        {"models/company/ir_mail_server.py"},
    ),
    Seam(
        "leaves trying out e-mail accounts to administrators",
        "odoo.addons.base.models.ir_mail_server:IrMail_Server.test_smtp_connection",
        "(self, autodetect_max_email_size=False)",
        {"models/company/ir_mail_server.py"},
    ),
    Seam(
        "lets further workers go with the addon",
        "odoo.addons.base.models.ir_model:IrModelData._update_xmlids",
        "(self, data_list, update=False)",
        {"models/sending/ir_cron.py"},
    ),
    Seam(
        "finds the subtype of notes",
        "odoo.addons.base.models.ir_model:IrModelData._xmlid_to_res_id",
        "(self, xmlid, raise_if_not_found=False)",
        {
            "models/sending/crm_task_reminder_queue.py",
            "models/sending/plan/crm_task_reminder_queue.py",
        },
    ),
    Seam(
        "withdraws what waits in a form whose addon is uninstalled",
        "odoo.addons.base.models.ir_model:IrModelFieldsSelection._process_ondelete",
        "(self)",
        {"models/sending/ir_model_fields_selection.py"},
    ),
    Seam(
        "compiles a mail template once per batch",
        "odoo.addons.base.models.ir_qweb:IrQweb._generate_code_uncached",
        "(self, template: 'int | str | etree._Element')",
        {"models/channel/ir_qweb.py"},
    ),
    Seam(
        "tells what else a compiled template depends on",
        "odoo.addons.base.models.ir_qweb:IrQweb._get_template_cache_keys",
        "(self)",
        {"models/channel/ir_qweb.py"},
    ),
    Seam(
        "shows recipients, results, the preview and e-mails",
        "odoo.addons.base.models.ir_qweb:IrQweb._render",
        "(self, template: 'int | str | etree._Element', values: 'dict | None' = "
        "None, **options) -> 'Markup'",
        {
            "models/channel/email/layout/crm_task_reminder_channel_email.py",
            "models/channel/plan/project_task.py",
            "models/screen/result/crm_task_reminder.py",
            "models/screen/steps/crm_task_reminder_settings_mixin.py",
            "wizard/crm_task_reminder_edit.py",
            "wizard/crm_task_reminder_preview.py",
        },
    ),
    Seam(
        "says in an empty log what there is to do first",
        "odoo.addons.base.models.ir_ui_view:Base.get_empty_list_help",
        "(self, help_message: str) -> str",
        {"models/screen/steps/crm_task_reminder_log.py"},
    ),
    Seam(
        "says in words that a reminder is not the reader's",
        "odoo.addons.base.models.ir_rule:IrRule._make_access_error",
        "(self, operation, records)",
        {
            "models/line/access/crm_task_reminder.py",
            "models/line/project/crm_task_reminder_default.py",
        },
    ),
    Seam(
        "adds fields and the window to views",
        "odoo.addons.base.models.ir_ui_view:Base._get_view",
        "(self, view_id=None, view_type='form', **options)",
        {
            "models/channel/crm_task_reminder_mixin.py",
            "models/screen/window/res_config_settings.py",
        },
    ),
    Seam(
        "slows down who guesses an operator's password",
        "odoo.addons.base.models.res_users:ResUsers._assert_can_auth",
        "(self, user=None)",
        {"models/company/res_users.py"},
    ),
    Seam(
        "checks an operator's password",
        "odoo.addons.base.models.res_users:ResUsers._check_credentials",
        "(self, credential, env)",
        {"models/company/res_users.py"},
    ),
    Seam(
        "reads a password's hash",
        "odoo.addons.base.models.res_users:ResUsers._crypt_context",
        "(self)",
        {"models/company/res_users.py"},
    ),
    Seam(
        "tells whether there were too many wrong passwords",
        "odoo.addons.base.models.res_users:ResUsers._on_login_cooldown",
        "(self, failures, previous)",
        {"models/company/res_users.py"},
    ),
    Seam(
        "lets Odoo itself configure a company",
        "odoo.addons.base.models.res_users:ResUsers._is_superuser",
        "(self)",
        {
            "models/company/res_company.py",
            "models/line/access/crm_task_reminder.py",
            "models/line/project_task.py",
            "models/screen/log/crm_task_reminder_log.py",
            "models/screen/notice/crm_task_reminder_notice.py",
        },
    ),
    Seam(
        "tells who signs in to Odoo's own screens",
        "odoo.addons.base.models.res_users:ResUsers._is_internal",
        "(self)",
        {"models/screen/notice/crm_task_reminder_notice.py"},
    ),
    Seam(
        "asks in the browser of who has changed many dates",
        "odoo.addons.bus.models.bus_listener_mixin:BusListenerMixin._bus_send",
        "(self, notification_type, message, /, *, subchannel=None)",
        {"models/screen/notice/crm_task_reminder_notice.py"},
    ),
    Seam(
        "counts the reminders of the digest",
        "odoo.addons.digest.models.digest:DigestDigest._calculate_company_based_kpi",
        "(self, model, digest_kpi_field, date_field='create_date', "
        "additional_domain=None, sum_field=None)",
        {"models/screen/overview/digest_digest.py"},
    ),
    Seam(
        "leads from the digest to the log",
        "odoo.addons.digest.models.digest:DigestDigest._compute_kpis_actions",
        "(self, company, user)",
        {"models/screen/overview/digest_digest.py"},
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
        "reads a phone number",
        "odoo.addons.phone_validation.models.models:Base._phone_format",
        "(self, fname=False, number=False, country=False, force_format='E164', "
        "raise_exception=False)",
        {
            "models/channel/sms/crm_task_reminder_channel_sms.py",
            "models/line/recipient/project_task.py",
        },
    ),
    Seam(
        "gives the address that answers go to",
        "odoo.addons.project.models.project_task:ProjectTask._notify_get_reply_to",
        "(self, default=None, author_id=False)",
        {"models/sending/crm_task_reminder_queue.py"},
    ),
    Seam(
        "names who answers go to",
        "odoo.addons.mail.models.models:Base._notify_get_reply_to_formatted_email",
        "(self, record_email, author_id=False)",
        {"models/channel/email/crm_task_reminder_channel_email.py"},
    ),
    Seam(
        "ends a recurrence by the start",
        "odoo.addons.project.models.project_task_recurrence:ProjectTaskRecurrence"
        "._create_next_occurrences",
        "(self, occurrences_from)",
        {
            "models/line/project_task_recurrence.py",
            "models/sending/notice/project_task_recurrence.py",
        },
    ),
    Seam(
        "gives the next occurrence its start",
        "odoo.addons.project.models.project_task_recurrence:ProjectTaskRecurrence"
        "._create_next_occurrences_values",
        "(self, recurrence_by_task)",
        {"models/line/project_task_recurrence.py"},
    ),
    Seam(
        "is the time between two occurrences",
        "odoo.addons.project.models.project_task_recurrence:ProjectTaskRecurrence"
        "._get_recurrence_delta",
        "(self)",
        {"models/line/project_task_recurrence.py"},
    ),
    Seam(
        "tells the working days of a calendar",
        "odoo.addons.resource.models.resource_calendar:ResourceCalendar"
        "._work_intervals_batch",
        "(self, start_dt, end_dt, resources=None, domain=None, tz=None, "
        "compute_leaves=True)",
        {"models/company/hours/resource_calendar.py"},
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
        "gives the words for a field",
        "odoo.orm.fields:Field._description_string",
        "(self, env: 'Environment') -> 'str'",
        {
            "models/channel/email/content/crm_task_reminder_channel_email.py",
            "models/company/res_company.py",
        },
    ),
    Seam(
        "says the value of a selection in words",
        "odoo.orm.fields_selection:Selection._description_selection",
        "(self, env)",
        {
            "models/channel/crm_task_reminder_channel.py",
            "models/ledger/crm_task_reminder_log.py",
            "models/line/crm_task_reminder_mixin.py",
            "models/sending/res_company.py",
        },
    ),
    Seam(
        "gives a reminder the rights of its task",
        "odoo.orm.models:BaseModel._check_access",
        "(self, operation: 'str') -> 'tuple[Self, Callable] | None'",
        {
            "models/line/access/crm_task_reminder.py",
            "models/line/project/crm_task_reminder_default.py",
        },
    ),
    Seam(
        "refuses a form that names a foreign company, or a task that is hidden",
        "odoo.orm.models:BaseModel._update_cache",
        "(self, values: 'ValuesType', validate: 'bool' = True) -> 'None'",
        {
            "models/line/access/crm_task_reminder.py",
            "models/line/access/project_task.py",
            "wizard/crm_task_reminder_preview.py",
        },
    ),
    Seam(
        "asks for the right to search by a field",
        "odoo.orm.models:BaseModel._check_field_access",
        "(self, field: 'Field', operation: \"typing.Literal['read', 'write']\") -> "
        "'None'",
        {
            "models/screen/notice/project_task.py",
            "models/screen/overview/project_task.py",
        },
    ),
    Seam(
        "names reminders, rows of the log and the window",
        "odoo.orm.models:BaseModel._compute_display_name",
        "(self)",
        {
            "models/ledger/crm_task_reminder_log.py",
            "models/line/crm_task_reminder_mixin.py",
            "models/line/hours/crm_task_reminder_mixin.py",
            "models/line/notice/crm_task_reminder_mixin.py",
            "models/line/repeat/crm_task_reminder_mixin.py",
            "wizard/crm_task_reminder_settings.py",
        },
    ),
    Seam(
        "holds the fields of a model",
        "odoo.orm.models:BaseModel._fields",
        "attribute",
        {
            "models/channel/crm_task_reminder_channel.py",
            "models/channel/crm_task_reminder_mixin.py",
            "models/channel/crm_task_reminder_template_mixin.py",
            "models/channel/email/content/crm_task_reminder_channel_email.py",
            "models/company/res_company.py",
            "models/ledger/crm_task_reminder_log.py",
            "models/line/crm_task_reminder.py",
            "models/line/crm_task_reminder_mixin.py",
            "models/line/hours/resource_calendar.py",
            "models/line/repeat/crm_task_reminder.py",
            "models/screen/notice/crm_task_reminder_settings_mixin.py",
            "models/screen/notice/project_task.py",
            "models/screen/overview/project_task.py",
            "models/screen/window/crm_task_reminder_settings_mixin.py",
            "models/sending/ir_model_fields_selection.py",
            "models/sending/res_company.py",
        },
    ),
    Seam(
        "leaves out what a user may not read or write",
        "odoo.orm.models:BaseModel._filtered_access",
        "(self, operation: 'str')",
        {
            "models/channel/plan/project_task.py",
            "models/ledger/crm_task_reminder_log.py",
            "models/line/access/crm_task_reminder.py",
            "models/line/project/crm_task_reminder_default.py",
            "models/screen/log/crm_task_reminder_log.py",
            "models/screen/notice/crm_task_reminder_notice.py",
            "models/screen/notice/crm_task_reminder_settings_mixin.py",
            "models/screen/notice/project_task.py",
            "models/sending/plan/crm_task_reminder_queue.py",
            "wizard/crm_task_reminder_plan_preview.py",
        },
    ),
    Seam(
        "holds the ids of records, saved or not",
        "odoo.orm.models:BaseModel._ids",
        "attribute",
        {"models/line/access/crm_task_reminder.py", "models/sending/mail_message.py"},
    ),
    Seam(
        "is the name of a model",
        "odoo.orm.models:BaseModel._name",
        "attribute",
        {
            "models/channel/base.py",
            "models/channel/crm_task_reminder_template_mixin.py",
            "models/channel/email/layout/crm_task_reminder_channel_email.py",
            "models/channel/notice/crm_task_reminder_template_mixin.py",
            "models/channel/sms/crm_task_reminder_sms_provider.py",
            "models/company/res_users.py",
            "models/screen/log/crm_task_reminder_log.py",
            "models/screen/notice/project_task.py",
            "models/screen/window/crm_task_reminder_settings_service.py",
            "models/sending/crm_task_reminder_queue.py",
        },
    ),
    Seam(
        "gives the saved record of one in a form",
        "odoo.orm.models:BaseModel._origin",
        "property",
        {
            "models/channel/notice/crm_task_reminder_mixin.py",
            "models/channel/plan/project_task.py",
            "models/channel/project_task.py",
            "models/line/access/crm_task_reminder.py",
            "models/line/access/project_task.py",
            "models/line/project/project_task.py",
            "models/line/project_task.py",
            "models/line/recipient/project_task.py",
            "models/screen/hours/crm_task_reminder.py",
            "models/screen/hours/crm_task_reminder_settings_mixin.py",
            "models/screen/log/crm_task_reminder_log.py",
            "models/screen/hours/project_task.py",
            "models/screen/notice/project_task.py",
            "models/screen/overview/project_task.py",
            "models/screen/result/crm_task_reminder.py",
            "models/screen/tab/crm_task_reminder.py",
            "models/screen/window/crm_task_reminder_settings_mixin.py",
            "models/sending/crm_task_reminder_decision.py",
            "models/sending/notice/crm_task_reminder_decision.py",
            "models/sending/plan/crm_task_reminder_decision.py",
            "wizard/crm_task_reminder_edit.py",
            "wizard/crm_task_reminder_preview.py",
        },
    ),
    Seam(
        "counts for many tasks at once",
        "odoo.orm.models:BaseModel._read_group",
        "(self, domain: 'DomainType', groupby: 'Sequence[str]' = (), aggregates: "
        "'Sequence[str]' = (), having: 'DomainType' = (), offset: 'int' = 0, "
        "limit: 'int | None' = None, order: 'str | None' = None) -> 'list[tuple]'",
        {
            "models/channel/crm_task_reminder.py",
            "models/channel/crm_task_reminder_template_mixin.py",
            "models/ledger/parts/crm_task_reminder_log.py",
            "models/screen/overview/project_task.py",
        },
    ),
    Seam(
        "finds what the reader may see, and claims what is due",
        "odoo.orm.models:BaseModel._search",
        "(self, domain: 'DomainType', offset: 'int' = 0, limit: 'int | None' = "
        "None, order: 'str | None' = None, *, active_test: 'bool' = True, "
        "bypass_access: 'bool' = False) -> 'Query'",
        {
            "models/channel/crm_task_reminder_template_mixin.py",
            "models/line/access/crm_task_reminder.py",
            "models/screen/notice/project_task.py",
            "tools/existence.py",
            "tools/transaction.py",
        },
    ),
    Seam(
        "imports tasks, about which a person is asked",
        "odoo.orm.models:BaseModel.load",
        "(self, fields, data)",
        {"models/sending/notice/project_task.py"},
    ),
    Seam(
        "changes many rows of a list, about which a person is asked",
        "odoo.addons.web.models.models:Base.web_save_multi",
        "(self, vals_list: 'list[dict]', specification: 'dict[str, dict]') -> "
        "'list[dict]'",
        {"models/sending/notice/project_task.py"},
    ),
    Seam(
        "is the table of a model",
        "odoo.orm.models:BaseModel._table",
        "attribute",
        {"models/sending/busy/crm_task_reminder_service.py", "tools/transaction.py"},
    ),
    Seam(
        "copies the reminders of a task",
        "odoo.orm.models:BaseModel.copy_data",
        "(self, default: 'ValuesType | None' = None) -> 'list[ValuesType]'",
        {"models/line/crm_task_reminder.py"},
    ),
    Seam(
        "takes the presets of a project along",
        "odoo.addons.project.models.project_project:ProjectProject.copy",
        "(self, default=None)",
        {"models/line/project/project_project.py"},
    ),
    Seam(
        "leaves a task's state out of a new reminder, takes a day of the calendar",
        "odoo.orm.models:BaseModel.default_get",
        "(self, fields: 'Sequence[str]') -> 'ValuesType'",
        {"models/line/crm_task_reminder.py", "models/screen/overview/project_task.py"},
    ),
    Seam(
        "offers the templates of an audience first",
        "odoo.orm.models:BaseModel.name_search",
        "(self, name: 'str' = '', domain: 'DomainType | None' = None, operator: "
        "'str' = 'ilike', limit: 'int' = 100) -> 'list[tuple[int, str]]'",
        {"models/channel/crm_task_reminder_template_mixin.py"},
    ),
    Seam(
        "sends one mail through a given session",
        "odoo.addons.mail.models.mail_mail:MailMail._send",
        "(self, auto_commit=False, raise_exception=False, smtp_session=None, "
        "alias_domain_id=False, mail_server=False, post_send_callback=None)",
        {"models/channel/email/leaving/crm_task_reminder_channel_email.py"},
    ),
    Seam(
        "sends SMS through a given client, whatever their state",
        "odoo.addons.sms.models.sms_sms:SmsSms._send",
        "(self, unlink_failed=False, unlink_sent=True, raise_exception=False)",
        {"models/channel/sms/leaving/crm_task_reminder_channel_sms.py"},
    ),
]


@tagged("post_install", "-at_install")
class TestSeams(seams.SeamsCase):
    """An update of Odoo says which of its private pieces has moved."""

    addon = "crm_task_reminder"
    seams = SEAMS
