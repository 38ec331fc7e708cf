from odoo import models

from ...tools import refused_row


class IrHttp(models.AbstractModel):
    """Tells nobody what is in a row of the database that could not be written.

    Who may change a task or a company need not see all that is kept of it.
    """

    _inherit = "ir.http"

    @classmethod
    def _handle_error(cls, exception):
        refused_row.hide(exception)
        return super()._handle_error(exception)
