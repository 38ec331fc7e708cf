"""When a line is sent: some time before or after a date, or when there is news."""

from datetime import timedelta

#: A line is sent at one of these.
MOMENTS = [
    ("before", "Before the start"),
    ("after", "After the start"),
    ("before_end", "Before the deadline"),
    ("after_end", "After the end"),
    ("set", "When a date is set"),
    ("moved", "When the date is moved"),
    ("called_off", "When the date is called off"),
]
#: A line of these is counted from the end of the task, the others from its start.
END_MOMENTS = ("before_end", "after_end")
#: A line of these comes after what it is counted from.
AFTER_MOMENTS = ("after", "after_end")
#: As they are chosen in the place of a unit of time, where there is little room.
NEWS_TIMINGS = [
    ("set", "date set"),
    ("moved", "date moved"),
    ("called_off", "called off"),
]
#: What is told at once.
NEWS_MOMENTS = ("set", "moved", "called_off")
NEWS = [moment for moment in MOMENTS if moment[0] in NEWS_MOMENTS]
#: At these a message says that the task is to start when it is.
TELLING_MOMENTS = ("before", "set", "moved")


def get_tell_at(now, start, wait):
    """Return when news is told: after a while, and well before the start.

    :param datetime now: naive UTC
    :param datetime start: that the news is about, later than now
    :param int wait: minutes
    :return datetime: naive UTC, to the second
    """
    pause = min(timedelta(minutes=wait), (start - now) / 2)
    return now + timedelta(seconds=int(pause.total_seconds()))
