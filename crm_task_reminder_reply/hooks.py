def uninstall_hook(env):
    """Take back the messages that wait with a link which would lead nowhere.

    Their reminders are due again and are written anew, without a link.
    """
    rows = env["crm.task.reminder.log"].search(
        [("link_id", "!=", False), ("state", "=", "queued")]
    )
    env["crm.task.reminder.second.look"]._drop(dict.fromkeys(rows, "renewed"))
