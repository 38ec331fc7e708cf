"""What can become of a message: its states, the reasons, and what Odoo calls them."""

#: What a row is about: a reminder for one of the audiences, or a run.
OPERATIONS = [
    ("customer", "To customers"),
    ("operator", "To operators"),
    ("service", "Service"),
]

STATES = [
    ("queued", "Queued"),
    ("sending", "Being handed over"),
    ("sent", "Sent"),
    ("delivered", "Delivered"),
    ("failed", "Failed"),
    ("skipped", "Not sent"),
    ("missed", "Missed"),
    ("unconfirmed", "Unconfirmed"),
    # of a run of the service
    ("running", "Running"),
    ("finished", "Finished"),
]
#: States that somebody is still to change.
OPEN_STATES = ("queued", "sending", "running")
#: States of what a worker has in hand, and of its run.
IN_HAND_STATES = ("sending", "running")
#: States in which no message left and none will.
NOT_SENT_STATES = ("skipped", "missed")
#: States of a message that its recipient has got, or may have.
TOLD_STATES = ("sending", "sent", "delivered", "unconfirmed")
#: States of a message that its recipient has not got, or may not have.
TROUBLED_STATES = ("failed", "unconfirmed", *NOT_SENT_STATES)
#: Why a message is dropped whose reminder may still be sent.
COMING_BACK = (
    "closed",
    "not_done",
    "switched_off",
    "company_off",
    "moved",
    "readdressed",
    "renewed",
)
#: Why somebody needs no message: it would tell what another one has told.
TOLD_OTHERWISE = ("no_news", "planned")
#: Reasons that tell how a company is set up, which is for its own people.
SET_UP_REASONS = (
    "no_access",
    "no_account",
    "no_operator",
    "operator_archived",
    "operator_company",
    "operator_rights",
    "operator_password",
    "mail_server",
    "invalid_sender",
    "sms_gateway",
    "sms_account",
    "no_credit",
)
#: Reasons that say that the time for it is over.
MISSED_REASONS = ("started", "ended", "late")

REASONS = [
    # found by the service
    ("no_template", "No template"),
    ("template_error", "The template could not be filled in"),
    ("no_recipient", "Nobody to remind"),
    ("no_email", "No e-mail address"),
    ("no_phone", "No phone number"),
    ("invalid_email", "The e-mail address is not valid"),
    ("invalid_phone", "The phone number is not valid"),
    ("landline", "A landline takes no SMS"),
    ("blacklisted", "On the blacklist"),
    ("archived", "The recipient is archived"),
    ("no_access", "The sender may not read it"),
    ("no_account", "No e-mail account is set up"),
    ("company_off", "The company's automatic reminders are off"),
    ("no_operator", "No sender is chosen"),
    ("operator_archived", "The sender's user is archived"),
    ("operator_company", "The sender has no access to the company"),
    ("operator_rights", "The sender may not read tasks"),
    ("operator_password", "The sender's password has to be entered (again)"),
    ("no_start", "The task has no start"),
    ("no_end", "The task has no deadline"),
    ("no_news", "There is nothing new to tell"),
    ("planned", "The morning plan has told of it"),
    ("repeated", "Another reminder of the task is the same"),
    ("passed", "It was set too late"),
    ("before_switch", "It was due before the reminders were switched on"),
    ("quiet", "No hour was left in which it may be sent"),
    ("started", "The task has started"),
    ("ended", "The deadline of the task has passed"),
    ("late", "It was due too long ago"),
    ("not_done", "The task is not done"),
    ("next_time", "It was time for the next one"),
    ("moved", "The task was moved"),
    ("closed", "The task was closed"),
    ("switched_off", "The task's reminders were switched off"),
    ("removed", "The reminder was removed"),
    ("readdressed", "It is not for this address any more"),
    ("renewed", "Written anew: its sender or what it says was changed"),
    ("replaced", "It was sent in another form instead"),
    ("limit", "The limit of messages per hour is reached"),
    ("address_limit", "The limit of messages to one address is reached"),
    ("daily_limit", "The limit of SMS per day is reached"),
    ("interrupted", "The service stopped while handing it over"),
    ("no_answer", "There was no clear answer"),
    ("error", "Unexpected error"),
    # reported by the mail server or the SMS gateway
    ("mail_server", "The e-mail account could not be reached"),
    ("invalid_sender", "The sender's address was refused"),
    ("bounced", "The e-mail came back"),
    ("spam", "Detected as spam"),
    ("sms_gateway", "The SMS gateway could not be reached"),
    ("sms_account", "No SMS account"),
    ("no_credit", "Not enough SMS credit"),
    ("country", "SMS to this country are not possible"),
    ("refused", "It was refused"),
    ("expired", "The SMS could not be delivered in time"),
    ("undelivered", "No receipt has come in time"),
    ("cancelled", "Cancelled by a person"),
]


def get_refused_state(reason):
    """Return the state of a message that is not sent for a reason.

    :param str reason: one of ``REASONS``
    """
    return "missed" if reason in MISSED_REASONS else "skipped"
