"""Copies of a record in SQL, so that a million of them take a minute.

Runs inside Odoo.
"""

from odoo.tools import SQL


def copy(record, count, **columns):
    """Copy the row of a record `count` times; the id of the n-th copy is `id + n`.

    :param columns: column → SQL expression, in which `n` counts the copies from 1 and
        other names are the columns of the record
    """
    if count < 1:
        return
    env, table = record.env, SQL.identifier(record._table)
    env.flush_all()
    names = [
        name
        for (name,) in env.execute_query(
            SQL(
                """SELECT column_name FROM information_schema.columns
                   WHERE table_name = %s AND table_schema = 'public'""",
                record._table,
            )
        )
    ]
    values = {name: SQL.identifier(name) for name in names}
    values |= {name: SQL(text) for name, text in columns.items()}
    values["id"] = SQL("id + n")
    sequence = f"{record._table}_id_seq"
    env.cr.execute(
        SQL(
            "INSERT INTO %s (%s) SELECT %s FROM %s, generate_series(1, %s) n "
            "WHERE id = %s",
            table,
            SQL(", ").join(map(SQL.identifier, values)),
            SQL(", ").join(values.values()),
            table,
            count,
            record.id,
        )
    )
    env.cr.execute(SQL("SELECT setval(%s, %s)", sequence, record.id + count))
    env.invalidate_all()


def copy_links(record, field_name, count, target="{column}"):
    """Give the copies of a record its links of a many2many field.

    :param str target: SQL expression of the linked id; `{column}` is that of the record
    """
    field = record._fields[field_name]
    record.env.flush_all()
    record.env.cr.execute(
        SQL(
            "INSERT INTO %s (%s, %s) SELECT %s + n, %s FROM %s, "
            "generate_series(1, %s) n WHERE %s = %s",
            SQL.identifier(field.relation),
            SQL.identifier(field.column1),
            SQL.identifier(field.column2),
            SQL.identifier(field.column1),
            SQL(target.format(column=field.column2)),
            SQL.identifier(field.relation),
            count,
            SQL.identifier(field.column1),
            record.id,
        )
    )


def empty(env, *models):
    """Delete all records of models, in SQL."""
    env.flush_all()
    for model in models:
        env.cr.execute(SQL("DELETE FROM %s", SQL.identifier(env[model]._table)))
    env.invalidate_all()
