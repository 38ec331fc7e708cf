"""What the addon uses of base: jobs, mail servers, views, users, rights."""

from .seams import Seam

SEAMS = [
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
        "keeps the names in the headers of reminders, last of all",
        "odoo.addons.base.models.ir_mail_server:IrMail_Server._alter_message__",
        "(self, message, smtp_from, smtp_to_list)",
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
        {"models/sending/res_company.py"},
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
            "models/ledger/crm_task_reminder_spoken_mixin.py",
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
        "slows down who guesses a sender's password",
        "odoo.addons.base.models.res_users:ResUsers._assert_can_auth",
        "(self, user=None)",
        {"models/company/res_users.py"},
    ),
    Seam(
        "checks a sender's password",
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
]
