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


class CallRefusedError(TemporaryError):
    """The gateway has answered, but took none of the messages of a call.

    It may be for one of them.
    """


class PostponedError(TemporaryError):
    """The message is to wait until a given time; it is no fault.

    :param datetime until: naive UTC
    """

    def __init__(self, until):
        super().__init__("limit")
        self.until = until


class UnconfirmedError(ReminderError):
    """Whether the mail server or the gateway accepted the messages is not known."""


def to_values(error):
    """Return an error as what is fit for JSON.

    :param ReminderError | None error:
    :return list | None:
    """
    return error and [type(error).__name__, error.reason, error.detail]


def from_values(values):
    """Return the error that ``to_values`` has made values of.

    :param list | None values:
    :return ReminderError | None:
    """
    if not values:
        return None
    name, *arguments = values
    kinds = (TemporaryError, UnconfirmedError)
    known = {kind.__name__: kind for kind in kinds}
    return known.get(name, ReminderError)(*arguments)
