from odoo.addons.crm_task_reminder.tests import seams, silent_seams
from odoo.tests import tagged

Seam = seams.Seam
Silent = silent_seams.Silent

ACTIVITY = "static/src/activity/activity.js"
ANSWER = "models/answer/crm_task_reminder_answer.py"
ANSWER_ACTIVITY = "models/answer/activity/crm_task_reminder_answer.py"
ANSWER_TASK = "models/answer/project_task.py"
CONTROLLER = "controllers/reply_page.py"
FIGURES = "models/figures/crm_task_reminder_log.py"
TEXT = "models/text/crm_task_reminder_text.py"
TEXT_RECEIPT = "models/text/receipt/crm_task_reminder_text.py"
TEXT_TAKEN = "models/text/take/crm_task_reminder_text.py"
PAGE = "models/link/page/crm_task_reminder_link.py"
STOP_EMAIL = "models/opt_out/crm_task_reminder_channel_email.py"
STOP_LINK = "models/opt_out/crm_task_reminder_link.py"
STOP_SMS = "models/opt_out/crm_task_reminder_channel_sms.py"

ODOO_ACTIVITY = "mail/static/src/core/web/activity.js"
BASE_MODEL = "odoo.orm.models:BaseModel"
MAIL_BLACKLIST = "odoo.addons.mail.models.mail_blacklist:MailBlacklist"
PHONE_BLACKLIST = "odoo.addons.phone_validation.models.phone_blacklist:PhoneBlacklist"


@tagged("post_install", "-at_install")
class TestReplySeams(seams.SeamsCase):
    """An update of Odoo says which of its private pieces has moved."""

    addon = "crm_task_reminder_reply"
    seams = [
        Seam(
            "puts an address onto the blacklist for e-mails",
            f"{MAIL_BLACKLIST}._add",
            "(self, email, message=None)",
            {STOP_EMAIL},
        ),
        Seam(
            "takes an address off it",
            f"{MAIL_BLACKLIST}._remove",
            "(self, email, message=None)",
            {STOP_EMAIL},
        ),
        Seam(
            "refuses a window that names a hidden task",
            f"{BASE_MODEL}._update_cache",
            "(self, values: 'ValuesType', validate: 'bool' = True) -> 'None'",
            {"wizard/crm_task_reminder_move.py"},
        ),
        Seam(
            "wakes Odoo's queue of e-mails for copies",
            "odoo.addons.base.models.ir_cron:IrCron._trigger",
            "(self, at: 'datetime | Iterable[datetime] | None' = None)",
            {"models/copy/mail_mail.py"},
        ),
        Seam(
            "gives all that belongs to merged contacts to one of them",
            "odoo.addons.base.wizard.base_partner_merge:"
            "BasePartnerMergeAutomaticWizard._update_foreign_keys",
            "(self, src_partners, dst_partner)",
            {"models/answer/base_partner_merge_automatic_wizard.py"},
        ),
        Seam(
            "puts numbers onto the blacklist for phones",
            f"{PHONE_BLACKLIST}._add",
            "(self, numbers, message=None)",
            {STOP_SMS},
        ),
        Seam(
            "takes numbers off it",
            f"{PHONE_BLACKLIST}._remove",
            "(self, numbers, message=None)",
            {STOP_SMS},
        ),
        Seam(
            "gives the saved record of one in a form",
            f"{BASE_MODEL}._origin",
            "property",
            {"wizard/crm_task_reminder_move.py"},
        ),
        Seam(
            "asks for the right to search by a field",
            f"{BASE_MODEL}._check_field_access",
            "(self, field: 'Field', operation: \"typing.Literal['read', 'write']\") -> "
            "'None'",
            {ANSWER_TASK},
        ),
        Seam(
            "says the value of a selection in words",
            "odoo.orm.fields_selection:Selection._description_selection",
            "(self, env)",
            {ANSWER, TEXT},
        ),
        Seam(
            "writes the company's address as its country does",
            "odoo.addons.base.models.res_partner:ResPartner._display_address",
            "(self, without_company=False)",
            {PAGE},
        ),
        Seam(
            "holds the fields of a model",
            f"{BASE_MODEL}._fields",
            "attribute",
            {ANSWER, ANSWER_TASK, TEXT},
        ),
        Seam(
            "notes an answer on its task, and tells nobody",
            "odoo.addons.mail.models.mail_thread:MailThread._message_log",
            "(self, *, body='', subject=False, author_id=None, email_from=None, "
            "message_type='notification', partner_ids=False, attachment_ids=False, "
            "tracking_value_ids=False)",
            {ANSWER, TEXT},
        ),
        Seam(
            "lets everybody use in templates how to answer by SMS",
            "odoo.addons.mail.models.models:Base.mail_allowed_qweb_expressions",
            "(self)",
            {"models/text/hint/project_task.py"},
        ),
        Seam(
            "thanks for an answer by SMS",
            "odoo.addons.sms.models.mail_thread:MailThread._message_sms",
            "(self, body, subtype_id=False, partner_ids=False, number_field=False, "
            "sms_numbers=None, sms_pid_to_number=None, **kwargs)",
            {TEXT_RECEIPT},
        ),
        Seam(
            "writes the number of an SMS, or of a person, as reminders have it",
            "odoo.addons.phone_validation.models.models:Base._phone_format",
            "(self, fname=False, number=False, country=False, force_format='E164', "
            "raise_exception=False)",
            {STOP_LINK, TEXT_TAKEN},
        ),
        Seam(
            "is the name of a model",
            f"{BASE_MODEL}._name",
            "attribute",
            {"models/calendar/crm_task_reminder_channel_email.py"},
        ),
        Seam(
            "writes pages, and the buttons of e-mails",
            "odoo.addons.base.models.ir_qweb:IrQweb._render",
            "(self, template: 'int | str | etree._Element', values: 'dict | None' = "
            "None, **options) -> 'Markup'",
            {CONTROLLER, "models/link/crm_task_reminder_channel_email.py"},
        ),
        Seam(
            "finds tasks by their answers, and rows by their links",
            f"{BASE_MODEL}._search",
            "(self, domain: 'DomainType', offset: 'int' = 0, limit: 'int | None' = "
            "None, order: 'str | None' = None, *, active_test: 'bool' = True, "
            "bypass_access: 'bool' = False) -> 'Query'",
            {ANSWER_TASK, FIGURES},
        ),
        Seam(
            "is the name of a model's table, which is locked",
            f"{BASE_MODEL}._table",
            "attribute",
            {ANSWER},
        ),
    ]


@tagged("post_install", "-at_install")
class TestReplySilentSeams(silent_seams.SilentSeamsCase):
    """What would go wrong without an error when Odoo changes is found here."""

    addon = "crm_task_reminder_reply"
    silent = [
        Silent(
            "an answer is written before it is its turn",
            "odoo.sql_db:Cursor.__init__",
            "self.connection.set_isolation_level(ISOLATION_LEVEL_REPEATABLE_READ)",
            ANSWER,
            "LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE",
        ),
        Silent(
            "an answer that was given long ago counts for what was written since",
            "odoo.sql_db:BaseCursor.clear",
            "self.transaction.clear()",
            "models/condition/crm_task_reminder_second_look.py",
            "_has_reminder_reply_since(row.create_date)",
        ),
        Silent(
            "a copy names those who get it as if it were theirs alone",
            "odoo.addons.base.models.ir_mail_server:IrMail_Server._alter_message__",
            "if x_forge_to := message['X-Forge-To']:",
            "models/copy/mail_mail.py",
            '"X-Forge-To": self.email_to',
        ),
        Silent(
            "an answer of any size is read",
            "odoo.http:Dispatcher.pre_dispatch",
            "max_content_length = routing['max_content_length']",
            CONTROLLER,
            "max_content_length=MAX_CONTENT",
        ),
        Silent(
            "the page sets a cookie",
            "odoo.http:Dispatcher.pre_dispatch",
            "self.request.session.can_save &= routing.get('save_session', True)",
            CONTROLLER,
            "save_session=False",
        ),
        Silent(
            "the customer waits until an e-mail about the activity has left",
            "odoo.addons.mail.models.mail_activity:MailActivity.create",
            "if self.env.context.get('mail_activity_quick_update'): "
            "activities_to_notify = self.env['mail.activity']",
            ANSWER_ACTIVITY,
            "mail_activity_quick_update=True",
        ),
        Silent(
            "“No answer” is called “None” in the charts",
            "web/static/src/views/graph/graph_model.js",
            "falsy_value_label",
            "models/link/crm_task_reminder_log.py",
            'falsy_value_label="No answer"',
        ),
        Silent(
            "the activity about an answer does not offer *Move…*",
            "odoo.addons.mail.models.mail_activity:MailActivity._to_store_defaults",
            '"activity_category",',
            "static/src/activity/activity.xml",
            "props.activity.activity_category",
        ),
        Silent(
            "*Move…* of an answer's activity does nothing",
            ODOO_ACTIVITY,
            "export class Activity extends Component {",
            ACTIVITY,
            "patch(Activity.prototype",
        ),
        Silent(
            "*Move…* of an answer's activity does not know the task",
            ODOO_ACTIVITY,
            'get thread() { return this.env.services["mail.store"].Thread.insert({',
            ACTIVITY,
            "const { thread } = this;",
        ),
        Silent(
            "an activity is shown still when its task has been moved",
            ODOO_ACTIVITY,
            'static props = ["activity", "onActivityChanged", "reloadParentView"]',
            ACTIVITY,
            "this.props.onActivityChanged(thread)",
        ),
        Silent(
            "a task shows its former start when it has been moved",
            ODOO_ACTIVITY,
            'static props = ["activity", "onActivityChanged", "reloadParentView"]',
            ACTIVITY,
            "this.props.reloadParentView()",
        ),
    ]
