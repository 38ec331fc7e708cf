{
    "name": "CRM Task Reminder: SMS by a Carrier",
    "summary": "Sends SMS through a carrier, whom reminders know",
    "version": "19.0.1.0.0",
    "author": "CRM Task Reminder contributors",
    "license": "LGPL-3",
    "depends": ["crm_task_reminder"],
}
