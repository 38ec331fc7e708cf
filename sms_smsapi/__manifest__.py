{
    "name": "SMSAPI SMS",
    "summary": "Send SMS through SMSAPI, with your own sender's name",
    "version": "19.0.1.0.0",
    "category": "Hidden/Tools",
    "author": "CRM Task Reminder contributors",
    "website": "https://github.com/crm-task-reminder/crm_task_reminder",
    "license": "LGPL-3",
    # sms_twilio is the module of Odoo that lets a company choose its provider
    "depends": ["sms_twilio"],
    "external_dependencies": {"python": ["smsapi-client"]},
    "data": [
        "security/ir.model.access.csv",
        "security/sms_smsapi_security.xml",
        "wizard/sms_smsapi_account_views.xml",
        "views/res_config_settings_views.xml",
        "views/sms_sms_views.xml",
    ],
    "assets": {
        "web.assets_backend": ["sms_smsapi/static/src/**/*"],
    },
    "uninstall_hook": "uninstall_hook",
}
