from contextlib import closing

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api
from odoo.sql_db import db_connect
from odoo.tests import TransactionCase, tagged

from ..tools import transaction

# A table that no test writes to.
TOUCH = "UPDATE res_country SET code = code WHERE code = 'PL'"
POLAND = [("code", "=", "PL")]


@tagged("post_install", "-at_install")
class TestTransaction(TransactionCase):
    """Two transactions that get in each other's way, on connections of their own."""

    def overtake(self, function):
        """Call a function in a transaction whose record another has just changed."""
        connection = db_connect(self.env.cr.dbname)
        with (
            closing(connection.cursor()) as ours,
            closing(connection.cursor()) as other,
        ):
            countries = api.Environment(ours, SUPERUSER_ID, {})["res.country"]
            poland = countries.search(POLAND)
            other.execute(TOUCH)
            other.commit()
            function(poland)

    def claim(self, poland):
        transaction.claim(poland.browse(), POLAND, "id", 1)

    def test_c20_conflict_of_two_claims_is_no_error_of_the_server(self):
        for function in (self.claim, transaction.lock):
            with (
                self.subTest(function=function.__name__),
                self.assertNoLogs("odoo.sql_db", "ERROR"),
                self.assertRaises(SerializationFailure),
            ):
                self.overtake(function)

    def test_conflict_is_taken_again(self):
        def claim_again(poland):
            env = poland.env
            found = transaction.retry(
                env, lambda: transaction.claim(poland.browse(), POLAND, "id", 1)
            )
            self.assertEqual(found.ids, poland.ids)

        self.overtake(claim_again)
