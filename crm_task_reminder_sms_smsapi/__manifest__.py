{
    "name": "CRM Task Reminder: SMS by SMSAPI",
    "summary": "Tells reminders of tasks how SMSAPI answers, and asks it after a crash",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "CRM Task Reminder contributors",
    "website": "https://github.com/crm-task-reminder/crm_task_reminder",
    "license": "LGPL-3",
    "depends": ["crm_task_reminder", "sms_smsapi"],
    "auto_install": True,
}
