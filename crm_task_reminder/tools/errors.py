"""Why a reminder is not sent, raised where it is found out."""


class ReminderError(Exception):
    """A reminder can't be sent; the run goes on with the next one.

    :param str reason: a value of ``crm.task.reminder.log`` field ``reason``
    :param str detail: what a person needs to know beyond the reason, may be empty
    """

    def __init__(self, reason, detail=""):
        super().__init__(detail or reason)
        self.reason = reason
        self.detail = detail


class TemporaryError(ReminderError):
    """The mail server or the gateway can't take messages now; nothing was accepted."""


class PostponedError(TemporaryError):
    """The message is to wait until a given time; it is no fault.

    :param datetime until: naive UTC
    """

    def __init__(self, until):
        super().__init__("limit")
        self.until = until


class UnconfirmedError(ReminderError):
    """Whether the mail server or the gateway accepted the messages is not known."""
