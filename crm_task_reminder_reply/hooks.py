from odoo.addons.crm_task_reminder.hooks import delete_activities, delete_parameters

from .models.answer.crm_task_reminder_answer import ACTIVITY
from .models.text import crm_task_reminder_text as text


def uninstall_hook(env):
    """Take back the messages that wait with a link which would lead nowhere.

    Their reminders are due again and are written anew, without a link. The activities
    go with their kind.
    """
    rows = env["crm.task.reminder.log"].search(
        [("link_id", "!=", False), ("state", "=", "queued")]
    )
    env["crm.task.reminder.second.look"]._drop(dict.fromkeys(rows, "renewed"))
    delete_activities(env, (ACTIVITY, text.ACTIVITY))
    delete_parameters(env, "crm_task_reminder_reply")
