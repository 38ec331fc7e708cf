{
    "name": "CRM Task Reminder: SMS by Twilio",
    "summary": "Tells reminders of tasks how Twilio answers",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "CRM Task Reminder contributors",
    "website": "https://github.com/crm-task-reminder/crm_task_reminder",
    "license": "LGPL-3",
    "depends": ["crm_task_reminder", "sms_twilio"],
    "auto_install": True,
}
