"""Transactions that two workers may take from each other."""

from psycopg2.errors import DeadlockDetected, LockNotAvailable, SerializationFailure

from odoo.tools import SQL

#: Two workers got in each other's way; the transaction is rolled back and taken again.
CONFLICTS = (SerializationFailure, DeadlockDetected, LockNotAvailable)
MAX_ATTEMPTS = 5


def retry(env, function):
    """Call ``function`` and flush; again in a fresh transaction on a conflict.

    :param odoo.api.Environment env: nothing uncommitted may be in its transaction
    :param function: takes no arguments; must not act on anything but the database
    :return: the function's result
    :raise psycopg2.Error: a conflict even at the last attempt, or another error
    """
    for _attempt in range(1, MAX_ATTEMPTS):
        try:
            return _call(env, function)
        except CONFLICTS:
            env.cr.rollback()
    return _call(env, function)


def _call(env, function):
    result = function()
    env.flush_all()
    return result


def is_lost(env, error):
    """Tell whether nothing more can be done in the transaction after an error.

    Of a conflict the whole is taken again; on a connection that is gone all else fails
    as well.

    :param odoo.api.Environment env:
    :param Exception error: after a rollback to the last savepoint, if that worked
    """
    return isinstance(error, CONFLICTS) or env.cr.closed


def execute(env, query):
    """Execute a query that another transaction may get in the way of.

    That is expected, so the server's log gets no error of it: see ``retry``.

    :param odoo.tools.SQL query:
    :return list[tuple]: its rows
    :raise psycopg2.errors.SerializationFailure: another transaction was first
    """
    env.flush_query(query)
    env.cr.execute(query, log_exceptions=False)
    return env.cr.fetchall()


def claim(model, domain, order, limit):
    """Lock the first records of a domain that no other transaction has locked.

    One query finds and locks: workers that claim at the same time get different records
    instead of waiting for each other.

    :param odoo.models.Model model: an empty recordset
    :param list domain: with superuser's rights
    :param str order: fields of the model itself
    :param int limit: number of records at most
    :return: records, locked until the end of the transaction
    :raise psycopg2.errors.SerializationFailure: a record has just been taken, see retry
    """
    # sudo: only the service calls this, and it works on the records of all users
    query = model.sudo()._search(domain, order=order, limit=limit)
    # Other transactions may refer to the records meanwhile: their keys do not change.
    locking = SQL("%s FOR NO KEY UPDATE SKIP LOCKED", query.select())
    rows = execute(model.env, locking)
    return model.browse(record_id for (record_id,) in rows)


def lock(records):
    """Lock records until the end of the transaction; wait for whoever has them.

    :param odoo.models.Model records:
    :raise psycopg2.errors.SerializationFailure: they have just been changed, see retry
    """
    query = SQL(
        "SELECT FROM %s WHERE id = ANY(%s) FOR NO KEY UPDATE",
        SQL.identifier(records._table),
        records.ids,
    )
    execute(records.env, query)
