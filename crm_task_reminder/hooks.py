def uninstall_hook(env):
    """Cancel the mails that are still to go out or whose sending is in doubt.

    Odoo's queue of e-mails would send them all, whenever it comes to it.
    """
    env["mail.mail"].search(
        [("is_task_reminder", "=", True), ("state", "in", ("outgoing", "reminder"))]
    ).cancel()
