"""What the addon uses of that which each of Odoo's models and fields has."""

from .seams import Seam

SEAMS = [
    Seam(
        "asks for the defaults of a batch once",
        "odoo.orm.models:BaseModel._add_missing_default_values",
        "(self, values: 'ValuesType') -> 'ValuesType'",
        {"models/channel/base.py"},
    ),
    Seam(
        "asks once per batch which fields of a task may be read",
        "odoo.orm.models:BaseModel._has_field_access",
        "(self, field: 'Field', operation: \"typing.Literal['read', 'write']\") "
        "-> 'bool'",
        {"models/channel/project_task.py"},
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
        "leaves room on the pages of the marks, lets a crash empty a table",
        "odoo.orm.models:BaseModel.init",
        "(self) -> 'None'",
        {
            "models/ledger/mark/crm_task_reminder_era.py",
            "models/ledger/mark/crm_task_reminder_mark.py",
        },
    ),
    Seam(
        "spares two searches for receipts with each mail",
        "odoo.orm.models:BaseModel.search",
        "(self, domain: 'DomainType', offset: 'int' = 0, limit: 'int | None' = None, "
        "order: 'str | None' = None) -> 'Self'",
        {"models/channel/email/leaving/mail_notification.py"},
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
        "gives a reminder its task's rights, and what it says those of its company",
        "odoo.orm.models:BaseModel._check_access",
        "(self, operation: 'str') -> 'tuple[Self, Callable] | None'",
        {
            "models/ledger/crm_task_reminder_spoken_mixin.py",
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
        "asks for the right to search or group by a field",
        "odoo.orm.models:BaseModel._check_field_access",
        "(self, field: 'Field', operation: \"typing.Literal['read', 'write']\") -> "
        "'None'",
        {
            "models/line/access/project_task.py",
            "models/screen/notice/project_task.py",
            "models/screen/overview/project_task.py",
        },
    ),
    Seam(
        "groups tasks by a field",
        "odoo.orm.models:BaseModel._read_group_groupby",
        "(self, alias: 'str', groupby_spec: 'str', query: 'Query') -> 'SQL'",
        {"models/line/access/project_task.py"},
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
            "models/line/crm_task_reminder_mixin.py",
            "models/line/hours/resource_calendar.py",
            "models/line/access/project_task.py",
            "models/line/recipient/phone/project_task.py",
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
            "models/ledger/plan/crm_task_reminder_log.py",
            "models/line/access/crm_task_reminder.py",
            "models/line/project/crm_task_reminder_default.py",
            "models/screen/log/crm_task_reminder_log.py",
            "models/screen/notice/crm_task_reminder_notice.py",
            "models/screen/notice/crm_task_reminder_settings_mixin.py",
            "models/screen/notice/project_task.py",
            "models/sending/plan/crm_task_reminder_plan_queue.py",
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
            "models/screen/window/service/crm_task_reminder_settings_mixin.py",
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
            "models/ledger/once/crm_task_reminder_log.py",
            "models/line/access/crm_task_reminder.py",
            "models/line/access/project_task.py",
            "models/line/crm_task_reminder.py",
            "models/line/project/project_task.py",
            "models/line/project_task.py",
            "models/line/recipient/phone/project_task.py",
            "models/line/recipient/project_task.py",
            "models/screen/hours/crm_task_reminder.py",
            "models/screen/hours/crm_task_reminder_settings_mixin.py",
            "models/screen/log/crm_task_reminder_log.py",
            "models/screen/hours/project_task.py",
            "models/screen/notice/project_task.py",
            "models/screen/overview/project_task.py",
            "models/screen/result/crm_task_reminder.py",
            "models/screen/tab/crm_task_reminder.py",
            "models/screen/tab/project_task.py",
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
            "models/channel/sms/sms_template.py",
            "models/ledger/parts/crm_task_reminder_log.py",
            "models/screen/overview/project_task.py",
        },
    ),
    Seam(
        "reads the lines of tasks by one query",
        "odoo.orm.models:BaseModel.search_fetch",
        "(self, domain: 'DomainType', field_names: 'Sequence[str] | None' = None, "
        "offset: 'int' = 0, limit: 'int | None' = None, order: 'str | None' = None) "
        "-> 'Self'",
        {"models/line/recount/crm_task_reminder.py"},
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
        {
            "models/line/crm_task_reminder.py",
            "models/line/recipient/phone/project_task.py",
        },
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
]
