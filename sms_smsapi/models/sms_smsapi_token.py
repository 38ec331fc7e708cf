from odoo import api, fields, models
from odoo.tools import SQL


class SmsSmsapiToken(models.Model):
    """The token of a company's account, apart from what others write of the company.

    Where PostgreSQL refuses a change of a row, it says in its error all that is in the
    row, and Odoo passes that on: to the log, and to whoever asked for the change. Rows
    of companies are changed by many.
    """

    _name = "sms.smsapi.token"
    _description = "Token of an Account at SMSAPI"
    _log_access = False
    _rec_name = "company_id"

    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="cascade"
    )
    token = fields.Char(groups=fields.NO_ACCESS)

    _company_unique = models.Constraint(
        "UNIQUE(company_id)", "A company has one account."
    )

    @api.model
    def _read_tokens(self, companies):
        """Return the tokens that companies have, by their ids.

        :param res.company companies: saved ones
        :return dict[int, str]:
        """
        found = self.search([("company_id", "in", companies.ids)])
        return {one.company_id.id: one.token for one in found}

    @api.model
    def _write_token(self, company, token):
        """Keep a token, or forget it.

        :param res.company company:
        :param str | bool token:
        """
        statement = SQL(
            """
            INSERT INTO sms_smsapi_token (company_id, token) VALUES (%s, %s)
            ON CONFLICT (company_id) DO UPDATE SET token = EXCLUDED.token
            """,
            company.id,
            token or None,
        )
        # Odoo logs a statement that fails, as two at once do, with all that it says
        self.env.cr.execute(statement, log_exceptions=False)
        self.invalidate_model()
