"""What is written when a transaction is over, in one of its own.

A conflict about it would have the whole transaction taken again, which has sent SMS.
"""

import logging
from functools import partial

from odoo import SUPERUSER_ID, api

_logger = logging.getLogger(__name__)


def call_after_commit(env, model, ids, method, *arguments):
    """Call a method of records as superuser once the present transaction is committed.

    :param odoo.api.Environment env: of the present transaction
    :param str model: the records' model
    :param list[int] ids: the records'
    :param str method: its name
    """
    call = partial(_call, env.registry, model, ids, method, arguments)
    env.cr.postcommit.add(call)


def _call(registry, model, ids, method, arguments):
    try:
        with registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            getattr(env[model].browse(ids), method)(*arguments)
    except Exception:
        # what matters is committed already, and the SMS have left
        _logger.exception("SMSAPI: %s could not be called afterwards", method)
