"""What PostgreSQL says of a row that it refuses: all that is in it.

Odoo says in words of its own what was wrong, and sends PostgreSQL's error along with
it, in the traceback that is there for developers.
"""

from psycopg2 import IntegrityError


def hide(exception):
    """Take the errors of PostgreSQL that led to an exception off it.

    :param Exception exception: is changed
    """
    while exception:
        if isinstance(exception.__cause__, IntegrityError):
            exception.__cause__ = None  # nor is a context shown where a cause was given
        if isinstance(exception.__context__, IntegrityError):
            exception.__context__ = None
        exception = exception.__cause__ or exception.__context__
