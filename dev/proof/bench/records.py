"""What is due: one record made through Odoo, its copies in SQL.

Runs inside Odoo.
"""

from datetime import timedelta

from odoo import fields
from odoo.fields import Command

from dev.machine.project import ADDON
from dev.proof.bench.copies import copy, copy_links, empty

COMPANY = "Bench"
LOGIN = "bench-sender"
ADDRESS = "customer-%@bench.example"
#: Template of the addon, per channel.
TEMPLATES = {"email": "mail_template", "sms": "sms_template"}


def set_up(env, smtp_port, sms_port, customers, far_port=0):
    """Make a company that sends through the receivers, and its customers.

    :param int far_port: of the mail server that is far away
    :param int customers: how many; whoever is to be reminded is one of them
    """
    parameters = env["ir.config_parameter"]
    for name in ("sms.endpoint", "iap.endpoint"):
        parameters.set_param(name, f"http://127.0.0.1:{sms_port}")
    # Odoo sends a few mails at once and queues many; here it queues few, too.
    parameters.set_param("mail.mail_force_send_limit", 0)
    parameters.set_param("bench.far_port", far_port)
    parameters.set_param("bench.near_port", smtp_port)
    server = env["ir.mail_server"].create(
        {
            "name": COMPANY,
            "smtp_host": "127.0.0.1",
            "smtp_port": smtp_port,
            "smtp_encryption": "none",
        }
    )
    company = env.company
    company.write({"name": COMPANY, "email": "office@bench.example"})
    company.country_id = env.ref("base.pl")
    company.resource_calendar_id.tz = "Europe/Warsaw"
    # By Odoo itself: the sender need not enter a password.
    company.write(
        {
            "reminder_enabled": True,
            "reminder_user_id": _create_sender(env).id,
            "reminder_mail_server_id": server.id,
        }
    )
    company.reminder_enabled_at = fields.Datetime.now() - timedelta(days=400)
    env["project.project"].create({"name": COMPANY, "company_id": company.id})
    # Queues and reminders are to run when they are measured, and not otherwise.
    env["ir.cron"].search([]).active = False
    fill(env, customers)


def _create_sender(env):
    # Odoo is not to send the invitation.
    users = env["res.users"].with_context(no_reset_password=True)
    manager = env.ref("project.group_project_manager")
    return users.create(
        {
            "name": "Sender",
            "login": LOGIN,
            "email": f"{LOGIN}@bench.example",
            "tz": "Europe/Warsaw",
            "group_ids": [Command.link(manager.id)],
        }
    )


def fill(env, customers):
    """Make customers with a history, and let PostgreSQL know how many there are.

    :param int customers: how many
    """
    _create_customers(env, customers)
    _create_history(env, customers)
    env.cr.execute("ANALYZE")


def use_smsapi(env, token, url=None):
    """Let the company send its SMS through SMSAPI, whose module is installed.

    :param str | None url: of the gateway, if it does not have SMSAPI's own name
    """
    if url:
        env["ir.config_parameter"].set_param("sms_smsapi.endpoint", url)
    env.company.write({"sms_provider": "smsapi", "sms_smsapi_token": token})


def use_twilio(env):
    """Let the company send its SMS through Twilio, whose module is installed."""
    number = {"number": "+48221234567", "country_id": env.ref("base.pl").id}
    env.company.write(
        {
            "sms_provider": "twilio",
            "sms_twilio_account_sid": "AC" + "0123456789abcdef" * 2,
            "sms_twilio_auth_token": "bench",
            "sms_twilio_number_ids": [Command.clear(), Command.create(number)],
        }
    )


def _create_customers(env, count):
    first = env["res.partner"].create(
        {
            "name": "Customer 0",
            "email": ADDRESS.replace("%", "0"),
            "phone": "+48600000000",
            "country_id": env.ref("base.pl").id,
            "tz": "Europe/Warsaw",
            "lang": "en_US",
        }
    )
    address = "'customer-' || n || '@bench.example'"
    copy(
        first,
        count - 1,
        name="'Customer ' || n",
        complete_name="'Customer ' || n",
        commercial_partner_id="id + n",
        email=address,
        email_normalized=address,
        phone="'+48' || (600000000 + n)",
        phone_sanitized="'+48' || (600000000 + n)",
    )


def _create_history(env, count):
    """Make an old message for each customer, as in an office at work for a while.

    In an empty table PostgreSQL plans to check foreign keys by reading all of it, and
    keeps to that plan while the table grows under the benchmark.
    """
    customer = get_first_customer(env)
    message = env["mail.message"].create(
        {
            "model": customer._name,
            "res_id": customer.id,
            "body": "Thank you for your order.",
            "partner_ids": [Command.link(customer.id)],
        }
    )
    notification = env["mail.notification"].create(
        {
            "mail_message_id": message.id,
            "res_partner_id": customer.id,
            "notification_type": "email",
            "notification_status": "sent",
        }
    )
    copy(message, count - 1, res_id="res_id + n", message_id="'<' || n || '@bench>'")
    copy_links(message, "partner_ids", count - 1, "{column} + n")
    copy(
        notification,
        count - 1,
        mail_message_id="mail_message_id + n",
        res_partner_id="res_partner_id + n",
    )


def get_first_customer(env):
    """Return the customer from whose id the others count on."""
    return env["res.partner"].search([("email", "=like", ADDRESS)], order="id", limit=1)


def create_tasks(env, count, **values):
    """Create tasks that start in half an hour, the n-th for the n-th customer.

    When there are more tasks than customers, these take turns.

    :return project.task: the first; the others' ids follow
    """
    customer = get_first_customer(env)
    customers = env["res.partner"].search_count([("email", "=like", ADDRESS)])
    task = env["project.task"].create(
        {
            "name": "Boiler check-up",
            "project_id": env["project.project"]
            .search([("name", "=", COMPANY)], limit=1)
            .id,
            "partner_id": customer.id,
            "user_ids": [Command.clear()],
            "planned_date_begin": in_minutes(30),
            "reminder_customer_ids": [Command.clear()],
            "reminder_operator_ids": [Command.clear()],
            **values,
        }
    )
    copy(task, count - 1, partner_id=f"partner_id + mod(n, {customers})")
    return task


def create_due(env, count, channels, tasks=None):
    """Create tasks, each with a reminder of the customer that is due per channel.

    They fell due 100 tasks a minute, so that the forms come in turns.

    :param list[str] channels: of ``email`` and ``sms``
    :param int tasks: how many there are in all; those beyond `count` are due in a year
    """
    tasks = tasks or count
    empty(env, "crm.task.reminder.log", "crm.task.reminder")
    task = create_tasks(env, tasks)
    due_at = f"""due_at + CASE
        WHEN n < {count} THEN (n - {count}) / 100 * interval '1 minute'
        ELSE interval '1 year'
    END"""
    for channel in channels:
        create_reminders(env, task, tasks, channel, due_at=due_at)
    env.cr.commit()
    env.cr.execute("ANALYZE project_task, crm_task_reminder")
    env.cr.commit()


def create_reminders(env, task, tasks, channel, audience="customer", **columns):
    """Give tasks a reminder each that is due half an hour ago.

    :param project.task task: the first of the tasks
    :param int tasks: how many follow each other
    :param columns: as in `copy`
    """
    template = env.ref(f"{ADDON}.{TEMPLATES[channel]}_{audience}")
    reminder = env["crm.task.reminder"].create(
        {
            "task_id": task.id,
            "audience": audience,
            "channel": channel,
            f"{TEMPLATES[channel]}_id": template.id,
            "duration": 1,
            "duration_unit": "hours",
        }
    )
    env.flush_all()
    # Set long before: what is set too late is not sent.
    env.cr.execute(
        "UPDATE crm_task_reminder SET set_at = due_at - interval '1 day' WHERE id = %s",
        [reminder.id],
    )
    copy(reminder, tasks - 1, task_id="task_id + n", **columns)


def in_minutes(minutes):
    """Return the moment in so many minutes."""
    return fields.Datetime.now() + timedelta(minutes=minutes)
