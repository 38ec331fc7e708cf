"""Keeps the senders' passwords out of Odoo's log."""

import logging

#: It writes the arguments of each call of a client when its level is *debug*.
CALLS = "odoo.service.model"


class PasswordFilter(logging.Filter):
    """Leaves out the calls that may carry a password.

    :param str name: of the field that it is entered in
    """

    def filter(self, record):
        return self.name not in record.getMessage()


def hide(field_name):
    """Let no call of a client be logged that has to do with a field.

    :param str field_name:
    """
    logging.getLogger(CALLS).addFilter(PasswordFilter(field_name))
