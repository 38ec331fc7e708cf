#: What administrators are told of; see the rooms of the service.
ACTIVITIES = (
    "crm_task_reminder.mail_activity_type_trouble",
    "crm_task_reminder.mail_activity_type_doubt",
)


def uninstall_hook(env):
    """Cancel what would be sent, and take back what is asked of people.

    Odoo's queue of e-mails would send all mails that are still to go out or whose
    sending is in doubt, whenever it comes to it.
    """
    env["mail.mail"].search(
        [("is_task_reminder", "=", True), ("state", "in", ("outgoing", "reminder"))]
    ).cancel()
    delete_activities(env, ACTIVITIES)
    delete_parameters(env, "crm_task_reminder")


def delete_parameters(env, addon):
    """Delete the system parameters that are about an addon.

    :param str addon: its name, with which they begin
    """
    parameters = env["ir.config_parameter"].search([("key", "=like", f"{addon}.%")])
    parameters.unlink()


def delete_activities(env, xmlids):
    """Delete the activities of some kinds, also those that are done.

    Odoo would turn those that are to be done into others, and could not delete the kind
    of those that are done.

    :param iterable[str] xmlids: of kinds of activities
    """
    # active_test: what is done is archived
    activities = env["mail.activity"].with_context(active_test=False)
    for xmlid in xmlids:
        if kind := env.ref(xmlid, raise_if_not_found=False):
            activities.search([("activity_type_id", "=", kind.id)]).unlink()
