"""What the addon counts on in Odoo's server, e-mails, SMS and messages aside."""

from .silent_seams import Silent

CHANNELS = "models/channel"

SILENT = [
    Silent(
        "defaults are asked for each record again",
        "odoo.orm.models:BaseModel._prepare_create_values",
        "self._add_missing_default_values(vals)",
        f"{CHANNELS}/base.py",
        "def _add_missing_default_values",
    ),
    Silent(
        "the rights on a field are asked for each record again",
        "odoo.orm.fields:Field.__get__",
        "record._has_field_access(self, 'read')",
        f"{CHANNELS}/project_task.py",
        "def _has_field_access",
    ),
    Silent(
        "mail templates are compiled for each record again",
        "odoo.addons.base.models.ir_qweb:IrQweb._compile",
        "self._generate_code_uncached(template)",
        f"{CHANNELS}/ir_qweb.py",
        "def _generate_code_uncached",
    ),
    Silent(
        "a sender's password gets into the server's log",
        "odoo.service.model:call_kw",
        '_logger.debug("call %s.%s(%s)", recs, method.__name__, Params(args, kwargs))',
        "tools/password_filter.py",
        'CALLS = "odoo.service.model"',
    ),
    Silent(
        "programs that shut guessers out do not find wrong passwords of senders",
        "odoo.addons.base.models.res_users:ResUsers._login",
        '_logger.info("Login failed for login:%s from %s", login, ip)',
        "models/company/res_users.py",
        "Login failed for login:%s from %s",
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
        "views/project_task_form_views.xml",
        "'list_view_ref'",
    ),
    Silent(
        "everybody is told of what is imported",
        "odoo.addons.base_import.models.base_import:Base_ImportImport.execute_import",
        "model.load(",
        "models/sending/notice/project_task.py",
        "def load",
    ),
]
