"""A company that looks after gardens, whose tasks have lines in both forms."""

from tests.office import Office, in_future


def make_office(installation, login):
    """Make a company with lines in both forms, and a customer who reads English.

    :param str login: the beginning of its clerk's
    """
    client = installation.client
    office = Office(installation.server, client)
    office.login = f"{login}{office.company}"
    office.user = office.create_user(office.login, phone="+48600100301")
    office.switch_on(
        office.user, reminder_customer_default=True, reminder_operator_default=True
    )
    line = {
        "company_id": office.company,
        "audience": "customer",
        "channel": "email",
        "duration": 2,
        "duration_unit": "hours",
        "mail_template_id": office.ref("crm_task_reminder.mail_template_customer"),
    }
    client.create("crm.task.reminder.default", **line)
    office.project = office.create_project("Gardens")
    office.customer = office.create_customer("Anna Nowak")
    return office


def create_task(office, **values):
    return office.client.create(
        "project.task",
        **{
            "name": "Hedge",
            "project_id": office.project,
            "partner_id": office.customer,
            "user_ids": [[6, 0, [office.user]]],
            "planned_date_begin": in_future(days=3),
            **values,
        },
    )
