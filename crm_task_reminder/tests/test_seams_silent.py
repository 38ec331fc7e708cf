import inspect
import logging
import smtplib

from odoo.addons.sms.tools.sms_api import SmsApi
from odoo.tests import TransactionCase, tagged

from ..tools import password_filter
from . import silent_seams
from .silent_seams import Silent

CHANNELS = "models/channel"
EMAIL = f"{CHANNELS}/email/crm_task_reminder_channel_email.py"
SMS = f"{CHANNELS}/sms/crm_task_reminder_channel_sms.py"
SMS_LEAVING = f"{CHANNELS}/sms/leaving/crm_task_reminder_channel_sms.py"
WINDOW_FORM = "static/src/reminder_settings_form/reminder_settings_form.js"
LINES_FIELD = "static/src/reminder_lines_field/reminder_lines_field.js"
TAB = "static/src/reminder_tab/reminder_tab.js"
TAB_PARSER = "static/src/reminder_tab/form_arch_parser.js"
PHONE_FIELD = "static/src/reminder_phone_field/reminder_phone_field.xml"

SMS_SMS = "odoo.addons.sms.models.sms_sms:SmsSms"
MAIL_MAIL = "odoo.addons.mail.models.mail_mail:MailMail"
MAIL_SERVER = "odoo.addons.base.models.ir_mail_server:IrMail_Server"
MAIL_MESSAGE = "odoo.addons.mail.models.mail_message:MailMessage"
FORM_CONTROLLER = "web/static/src/views/form/form_controller.js"
LIST_RENDERER = "web/static/src/views/list/list_renderer"
RECORD = "web/static/src/model/relational_model/record"


SILENT = [
    # SMS
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
        "models/sending/mail_notification.py",
        '"notification_status" in vals',
    ),
    Silent(
        "receipts of SMS come with no rights of the superuser and count for nothing",
        f"{SMS_SMS}._send_with_api",
        "all_sms_sudo = self.env['sms.sms'].sudo()",
        "models/sending/mail_notification.py",
        "self.env.su",
    ),
    Silent(
        "messages in doubt are sent again: what caused the error is not told",
        "odoo.addons.iap.tools.iap_tools:iap_jsonrpc",
        "except (requests.exceptions.RequestException, IAPServerError) as e: "
        '_logger.warning("iap jsonrpc %s failed, %s: %s", url, '
        "e.__class__.__name__, exception_to_unicode(e)) raise exceptions.AccessError(",
        "tools/sms_gateway.py",
        "error.__context__",
    ),
    Silent(
        "a test SMS is paid from the account of another company",
        "odoo.api:Environment.company",
        "self.context.get('allowed_company_ids', [])",
        SMS,
        "allowed_company_ids=company.ids",
    ),
    # e-mails
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
        "models/sending/mail_notification.py",
        "self.env.su",
    ),
    # messages on tasks
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
    # everything else
    Silent(
        "defaults are asked for each record again",
        "odoo.orm.models:BaseModel._prepare_create_values",
        "self._add_missing_default_values(vals)",
        f"{CHANNELS}/base.py",
        "def _add_missing_default_values",
    ),
    Silent(
        "mail templates are compiled for each record again",
        "odoo.addons.base.models.ir_qweb:IrQweb._compile",
        "self._generate_code_uncached(template)",
        f"{CHANNELS}/ir_qweb.py",
        "def _generate_code_uncached",
    ),
    Silent(
        "an operator's password gets into the server's log",
        "odoo.service.model:call_kw",
        '_logger.debug("call %s.%s(%s)", recs, method.__name__, Params(args, kwargs))',
        "tools/password_filter.py",
        'CALLS = "odoo.service.model"',
    ),
    Silent(
        "programs that shut guessers out do not find wrong operators' passwords",
        "odoo.addons.base.models.res_users:ResUsers._login",
        '_logger.info("Login failed for login:%s from %s", login, ip)',
        "models/company/res_users.py",
        "Login failed for login:%s from %s",
    ),
    Silent(
        "the administrator gets an e-mail for each activity, too",
        "odoo.addons.mail.models.mail_activity:MailActivity.create",
        "self.env.context.get('mail_activity_quick_update')",
        "models/sending/res_company.py",
        "mail_activity_quick_update=True",
    ),
    Silent(
        "the digest has no number of reminders",
        "odoo.addons.digest.models.digest:DigestDigest._get_kpi_fields",
        "field_name.startswith(('kpi_',",
        "models/screen/overview/digest_digest.py",
        "kpi_task_reminder_value",
    ),
    Silent(
        "whoever may read no reminders gets no digest",
        "odoo.addons.digest.models.digest:DigestDigest._compute_kpis",
        "except AccessError:",
        "models/screen/overview/digest_digest.py",
        "raise AccessError",
    ),
    Silent(
        "lines are shown in another view",
        "odoo.addons.base.models.ir_ui_view:Base._get_view",
        "view_ref_key = view_type + '_view_ref'",
        "views/project_task_views.xml",
        "'list_view_ref'",
    ),
    Silent(
        "everybody is told of what is changed in many rows of a list",
        "web/static/src/model/relational_model/dynamic_list.js",
        "this.model.orm.webSaveMulti(",
        "models/sending/notice/project_task.py",
        "def web_save_multi",
    ),
    Silent(
        "everybody is told of what is imported",
        "odoo.addons.base_import.models.base_import:Base_ImportImport.execute_import",
        "model.load(",
        "models/sending/notice/project_task.py",
        "def load",
    ),
    # the web client
    Silent(
        "the window is saved when the page is left",
        FORM_CONTROLLER,
        "beforeUnload: (ev) => this.beforeUnload(ev)",
        WINDOW_FORM,
        "beforeUnload()",
    ),
    Silent(
        "the window is saved when another tab of the browser is opened",
        FORM_CONTROLLER,
        "beforeVisibilityChange: () => this.beforeVisibilityChange()",
        WINDOW_FORM,
        "beforeVisibilityChange()",
    ),
    Silent(
        "a button of the window saves without a question",
        FORM_CONTROLLER,
        "beforeExecuteAction: this.beforeExecuteActionButton.bind(this)",
        WINDOW_FORM,
        "beforeExecuteActionButton(",
    ),
    Silent(
        "the question whether to save has no answer *stay here*",
        "web/static/src/webclient/settings_form_view/settings_confirmation_dialog.js",
        "this.props.stayHere();",
        WINDOW_FORM,
        "stayHere:",
    ),
    Silent(
        "the window is narrow",
        "web/static/src/webclient/actions/action_service.js",
        "DIALOG_SIZES[action.context.dialog_size]",
        "wizard/crm_task_reminder_settings_views.xml",
        "'dialog_size'",
    ),
    Silent(
        "inputs of the lines have no names for screen readers",
        f"{LIST_RENDERER}.js",
        'this.tableRef = useRef("table")',
        LINES_FIELD,
        "this.tableRef.el",
    ),
    Silent(
        "inputs of the lines have no names for screen readers",
        f"{LIST_RENDERER}.js",
        "o_selected_row",
        LINES_FIELD,
        ".o_selected_row",
    ),
    Silent(
        "rows that are not edited show columns instead of a sentence",
        f"{LIST_RENDERER}.xml",
        't-foreach="getColumns(record)"',
        LINES_FIELD,
        "getColumns(record)",
    ),
    Silent(
        "the sentence of a row is as narrow as its first column",
        f"{LIST_RENDERER}.xml",
        't-att-colspan="column.colspan"',
        LINES_FIELD,
        "colspan: edited.length",
    ),
    Silent(
        "empty rows fill the space under the lines",
        f"{LIST_RENDERER}.xml",
        't-foreach="getEmptyRowIds"',
        LINES_FIELD,
        "get getEmptyRowIds()",
    ),
    Silent(
        "units do not go with their numbers",
        "web/static/src/views/fields/selection/selection_field.js",
        "this.options.map(",
        "static/src/reminder_timing_field/reminder_timing_field.js",
        "get options()",
    ),
    Silent(
        "every day is not among the choices",
        "web/static/src/views/fields/selection/selection_field.js",
        "this.options.map(",
        "static/src/reminder_repeat_field/reminder_repeat_field.js",
        "get options()",
    ),
    Silent(
        "once chosen, several days are the same as each",
        "web/static/src/views/fields/selection/selection_field.xml",
        'value="value" choices="choices" onSelect.bind="onChange"',
        "static/src/reminder_repeat_field/reminder_repeat_field.js",
        "onChange(value)",
    ),
    Silent(
        "the chart counts in fractions where there are few",
        "web/static/src/views/graph/graph_renderer.js",
        "getScaleOptions()",
        "static/src/reminder_log_graph/reminder_log_graph.js",
        "scales.y.ticks.precision = 0",
    ),
    Silent(
        "the chart's bars have other colours than the badges",
        "web/static/src/views/graph/graph_renderer.js",
        "data = this.getBarChartData();",
        "static/src/reminder_log_graph/reminder_log_graph.js",
        "getBarChartData()",
    ),
    Silent(
        "the chart counts in fractions",
        "web/static/src/views/graph/graph_renderer.js",
        "callback: (value) => this.formatValue(value, false,",
        "static/src/reminder_log_graph/reminder_log_graph.js",
        "formatValue(value,",
    ),
    Silent(
        "the pivot says *None* of what was sent",
        "web/static/src/views/pivot/pivot_model.js",
        "metaData.fields[fieldName].falsy_value_label",
        "models/ledger/crm_task_reminder_log.py",
        "falsy_value_label=",
    ),
    Silent(
        "lines are shown by Odoo's own list",
        "web/static/src/views/fields/x2many/x2many_field.js",
        "static components = { Pager, KanbanRenderer, ListRenderer, ViewButton }",
        LINES_FIELD,
        "ListRenderer: ReminderListRenderer",
    ),
    Silent(
        "the fields of the tab are read with every task",
        FORM_CONTROLLER,
        "extractFieldsFromArchInfo( this.archInfo, this.props.fields )",
        TAB_PARSER,
        "delete archInfo.fieldNodes[id]",
    ),
    Silent(
        "the tab is shown without its fields",
        "web/static/src/views/form/form_arch_parser.js",
        'node.setAttribute("field_id", fieldId)',
        TAB_PARSER,
        'getAttribute("field_id")',
    ),
    Silent(
        "the tab is shown without its fields",
        "web/static/src/views/form/form_compiler.js",
        "this.compilers.push( ...compilersRegistry.getAll(),",
        "static/src/reminder_tab/form_compiler.js",
        'registry.category("form_compilers")',
    ),
    Silent(
        "the tab's fields do not know their widgets and labels",
        "web/static/src/views/view_compiler.js",
        "`__comp__.props.archInfo.fieldNodes['${fieldId}']`",
        TAB,
        "Object.assign(this.props.archInfo.fieldNodes",
    ),
    Silent(
        "what has been changed in the tab is not saved with the form",
        f"{RECORD}.js",
        "_applyValues(values) { const newValues = this._parseServerValues(values);",
        TAB,
        "record._applyValues(values)",
    ),
    Silent(
        "the tab is empty once Odoo has replaced values of its cache",
        f"{RECORD}.js",
        "_setData(data, { orderBys, keepChanges } = {})",
        TAB,
        "_setData: setData",
    ),
    Silent(
        "the tab shows a customer who has been replaced",
        f"{RECORD}.js",
        "_applyChanges(changes, serverChanges = {})",
        TAB,
        "record._applyChanges({}, unsaved)",
    ),
    Silent(
        "the customer's numbers are not proposed",
        "web/static/src/views/fields/char/char_field.xml",
        't-att-id="props.id"',
        PHONE_FIELD,
        't-inherit="web.CharField"',
    ),
]

#: Failures of Odoo's receipts that no reminder can have: mass mailings alone do.
OF_MASS_MAILINGS = {"mail_optout", "mail_dup"}


@tagged("post_install", "-at_install")
class TestSilentSeams(silent_seams.SilentSeamsCase):
    """What would go wrong without an error when Odoo changes is found here."""

    addon = "crm_task_reminder"
    silent = SILENT


@tagged("post_install", "-at_install")
class TestSilentFacts(TransactionCase):
    """The same for what can be asked of Odoo itself instead of its source."""

    def test_provider_is_known_by_the_class_of_its_client(self):
        """Else SMS of Odoo's own credit would be in doubt where they were not taken."""
        company = self.env["res.company"].create({"name": "Gardens"})
        self.assertIs(company._get_sms_api_class(), SmsApi)

    def test_password_filter_is_on_the_logger_that_logs_calls(self):
        from odoo.service import model  # noqa: PLC0415  # the one the server uses

        self.assertEqual(model._logger.name, password_filter.CALLS)
        filters = logging.getLogger(password_filter.CALLS).filters
        self.assertIn("reminder_password", [one.name for one in filters])

    def test_smtplib_is_watched_where_it_sends(self):
        self.assertIn("sendmail", inspect.getsource(smtplib.SMTP.send_message))

    def test_nothing_that_is_stored_follows_the_task_of_a_message(self):
        """It is written past the ORM, which would compute that anew."""
        res_id = self.env["mail.message"]._fields["res_id"]
        dependent = self.registry.get_dependent_fields(res_id)
        stored = [str(one) for one in dependent if one.store and one.compute]
        self.assertEqual(stored, [])

    def test_what_receipts_say_is_known(self):
        fields = self.env["mail.notification"]._fields
        channels = self.env["crm.task.reminder.mixin"]._get_channels().values()
        failures = {name for one in channels for name in one._failure_reasons}
        found = fields["failure_type"].get_values(self.env)
        found = {name for name in found if name.startswith(("mail_", "sms_"))}
        self.assertEqual(failures | OF_MASS_MAILINGS, found)
        states = {name for one in channels for name in one._notification_states}
        known = set(fields["notification_status"].get_values(self.env))
        self.assertEqual(states | {"ready"}, known)
