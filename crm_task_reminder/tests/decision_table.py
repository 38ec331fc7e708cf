"""Reasons why a reminder may not go: how each comes about, and who is told what."""

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

HOUR = timedelta(hours=1)

# What an asker answers where that is not the reason itself, or another reason:
#: The reminder goes.
GOES = "goes"
#: Nothing: the service does not come to it.
UNASKED = "unasked"
#: Nothing, it waits: the log says the reason once for the whole company.
COMPANY = "company"
#: The message goes on waiting, and its row says the reason.
PUT_OFF = "put off"
#: Nothing: the line's state says it, in a column of its own.
STATE = "state"
#: Nothing: the tab is not shown.
HIDDEN = "hidden"


class Row(NamedTuple):
    """A reason, how it comes about, and which asker answers something else and what.

    ``bring_about`` takes the test and some tasks whose reminders are due; ``line`` and
    ``task`` are what these have of their own, ``create`` makes them. A span as a task's
    value is counted from when its reminder is due.
    """

    reason: str
    bring_about: Callable
    channel: str = "sms"
    line: dict = {}
    task: dict = {}
    create: str = "create_tasks"
    queue: str = ""
    waiting: str = ""
    send_now: str = ""
    tab: str = ""
    preview: str = ""


def change(name, **values):
    """Return a function that writes values to the tasks, or to a record of the test."""
    return lambda test, tasks: (
        tasks if name == "tasks" else getattr(test, name)
    ).write(values)


def call(name):
    """Return a function that calls a method of the test with the tasks."""
    return lambda test, tasks: getattr(test, name)(tasks)


#: A line that comes an hour after the deadline, and one that comes an hour before it.
AFTER_END = {"planned_date_begin": -2 * HOUR, "date_deadline": -HOUR}
BEFORE_END = {"planned_date_begin": -HOUR, "date_deadline": HOUR}

TABLE = [
    # The task. A line without a time, or of a task that nobody is to be reminded of, is
    # not among what is due. What waits is about the start that it was written for.
    Row(
        "no_start",
        change("tasks", planned_date_begin=False),
        queue=UNASKED,
        waiting="moved",
        tab=STATE,
    ),
    Row("closed", change("tasks", state="1_done"), queue=UNASKED, tab=STATE),
    Row(
        "switched_off",
        change("tasks", reminder_customer_off=True),
        queue=UNASKED,
        tab=STATE,
    ),
    Row("started", call("let_start")),
    # *Send now* sets the time anew: none has passed then.
    Row("passed", call("move_close"), waiting="moved", send_now=GOES),
    # What waits is dropped by the switch, and written anew once they are on again.
    Row("before_switch", call("switch_anew"), waiting="company_off", send_now=GOES),
    # The message that waits is the first line's, which is not the one too many.
    Row("repeated", call("add_equal_lines"), waiting=GOES),
    Row("no_access", change("project", privacy_visibility="followers")),
    # A line that is counted from another date. *Send now* sets the time anew here, too.
    Row(
        "no_end",
        change("tasks", date_deadline=False),
        line={"moment": "after_end", "task_states": "both"},
        task=AFTER_END,
        queue=UNASKED,
        waiting="moved",
        tab=STATE,
    ),
    Row("ended", call("let_start"), line={"moment": "before_end"}, task=BEFORE_END),
    Row(
        "late",
        call("let_a_week_pass"),
        line={"moment": "after_end", "task_states": "both"},
        task=AFTER_END,
        send_now=GOES,
    ),
    Row(
        "not_done",
        change("tasks", state="01_in_progress"),
        line={"moment": "after_end", "task_states": "done"},
        task={**AFTER_END, "state": "1_done"},
        queue=UNASKED,
        tab=STATE,
    ),
    # News: what waits is about the start that it was written for. And what a plan has
    # told of: what a person asks for goes all the same.
    Row(
        "no_news",
        call("move_back"),
        line={"moment": "moved"},
        task={"planned_date_begin": 24 * HOUR},
        create="create_moved_tasks",
        queue=UNASKED,
        waiting="moved",
        tab=STATE,
    ),
    Row(
        "planned",
        call("queue_plan"),
        channel="email",
        line={"audience": "operator"},
        send_now=GOES,
    ),
    # The hours. A person who wants it now is asked by the button, and not held.
    Row(
        "quiet",
        change(
            "company",
            reminder_customer_hours=True,
            reminder_customer_hour_from=15,
            reminder_send_passed=True,
        ),
        send_now=GOES,
    ),
    # The set-up. What is written needs no template any more; what else lacks, lacks at
    # the moment of handing it over.
    Row("no_template", call("delete_template"), waiting=GOES),
    Row(
        "no_account",
        change("company", reminder_mail_server_id=False),
        channel="email",
        waiting=PUT_OFF,
    ),
    Row("sms_account", call("open_gap"), waiting=PUT_OFF),
    # The company. One that is off shows nobody the tab.
    Row(
        "company_off",
        change("company", reminder_enabled=False),
        queue=UNASKED,
        tab=HIDDEN,
    ),
    *(
        Row(reason, bring_about, queue=COMPANY, waiting=COMPANY)
        for reason, bring_about in (
            ("no_operator", change("company", reminder_user_id=False)),
            ("operator_archived", change("sender", active=False)),
            ("operator_company", call("move_sender")),
            ("operator_rights", call("degrade_sender")),
            ("operator_password", change("sender", password="correct horse")),
        )
    ),
    # The recipient. What waits is for one address, whatever has come in its place.
    *(
        Row(reason, bring_about, channel, waiting="readdressed")
        for reason, channel, bring_about in (
            ("no_recipient", "sms", change("tasks", partner_id=False)),
            ("archived", "sms", change("customer", active=False)),
            ("no_phone", "sms", change("customer", phone=False)),
            ("invalid_phone", "sms", change("customer", phone="12")),
            ("landline", "sms", change("customer", phone="22 123 45 67")),
            ("no_email", "email", change("customer", email=False)),
            ("invalid_email", "email", change("customer", email="karol at home")),
            ("blacklisted", "sms", call("blacklist")),
        )
    ),
]
