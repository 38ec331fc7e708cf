"""Questions to the database whether there is anything, not how much."""

from odoo.tools import SQL


def exists(model, domain, condition):
    """Return the condition that there are such records, for a query of another table.

    :param odoo.models.Model model: an empty recordset, with the rights that count
    :param list domain: what the records are like
    :param odoo.tools.SQL condition: how they belong to what the query is about
    :return odoo.tools.SQL:
    """
    query = model._search(domain, order="id")
    query.order = None
    query.add_where(condition)
    return SQL("EXISTS (%s)", query.select(SQL("1")))
