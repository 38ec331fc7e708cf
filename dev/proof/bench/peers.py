"""What is due in Odoo's own calendar and events, which the addon is compared with.

Runs inside Odoo.
"""

from odoo.fields import Command

from dev.proof.bench.copies import copy, copy_links
from dev.proof.bench.records import LOGIN, get_first_customer, in_minutes


def create_calendar_events(env, count, alarm_type):
    """Create calendar events with one attendee each, whose alarm is due.

    :param str alarm_type: ``email`` or ``sms``
    """
    env.cr.execute("UPDATE calendar_event SET active = FALSE")  # of earlier rounds
    customer = get_first_customer(env)
    alarm = env["calendar.alarm"].create(
        {
            "name": "1 hour",
            "alarm_type": alarm_type,
            "duration": 1,
            "interval": "hours",
        }
    )
    quiet = env["calendar.event"].with_context(
        no_mail_to_attendees=True, mail_create_nosubscribe=True, tracking_disable=True
    )
    event = quiet.create(
        {
            "name": "Boiler check-up",
            "start": in_minutes(30),
            "stop": in_minutes(90),
            "user_id": env["res.users"].search([("login", "=", LOGIN)]).id,
            "partner_ids": [Command.set(customer.ids)],
            "alarm_ids": [Command.set(alarm.ids)],
        }
    )
    copy(event, count - 1)
    copy(
        event.attendee_ids,
        count - 1,
        event_id="event_id + n",
        partner_id="partner_id + n",
        common_name="'Customer ' || n",
        access_token="md5(random()::text)",
    )
    copy_links(event, "partner_ids", count - 1, "{column} + n")
    copy_links(event, "alarm_ids", count - 1)
    env.cr.commit()


def create_event(env, count, template):
    """Create an event with attendees who are to be reminded of it now.

    :param template: ``mail.template`` or ``sms.template`` for attendees
    """
    env.cr.execute("UPDATE event_event SET active = FALSE")  # of earlier rounds
    customer = get_first_customer(env)
    event = env["event.event"].create(
        {
            "name": "Open day",
            "date_begin": in_minutes(30),
            "date_end": in_minutes(90),
            "date_tz": "Europe/Warsaw",
            "event_mail_ids": [
                Command.clear(),
                Command.create(
                    {
                        "interval_nbr": 1,
                        "interval_unit": "hours",
                        "interval_type": "before_event",
                        "template_ref": f"{template._name},{template.id}",
                    }
                ),
            ],
        }
    )
    registration = env["event.registration"].create(
        {"event_id": event.id, "partner_id": customer.id}
    )
    copy(
        registration,
        count - 1,
        partner_id="partner_id + n",
        name="'Customer ' || n",
        email="'customer-' || n || '@bench.example'",
        phone="'+48' || (600000000 + n)",
        barcode="md5(random()::text)",
    )
    env.cr.commit()
