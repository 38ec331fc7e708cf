{
    "name": "CRM Task Reminder: Letters",
    "summary": "Reminds of tasks by letters that a printer takes from a folder",
    "version": "19.0.1.0.0",
    "author": "CRM Task Reminder contributors",
    "license": "LGPL-3",
    "depends": ["crm_task_reminder"],
    "data": ["views/preview.xml"],
}
