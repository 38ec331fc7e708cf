{
    "name": "CRM Task Reminder: Marks in Mails",
    "summary": "Has a part in each step by which Odoo makes a mail and hands it over",
    "version": "19.0.1.0.0",
    "author": "CRM Task Reminder contributors",
    "license": "LGPL-3",
    "depends": ["crm_task_reminder"],
}
