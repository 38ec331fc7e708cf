from odoo import fields, models


class SmsSmsapiSender(models.Model):
    """A name that a company's account at SMSAPI may send SMS with."""

    _name = "sms.smsapi.sender"
    _description = "Sender's Name at SMSAPI"
    _order = "sequence, id"

    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer()
    name = fields.Char(required=True)

    _company_name_unique = models.Constraint(
        "UNIQUE(company_id, name)", "An account has each of its names once."
    )

    def _replace_smsapi_names(self, company, names):
        """Let a company have these names alone; a chosen one stays chosen.

        :param res.company company:
        :param list[str] names: as the account has them, its own choice first
        """
        known = self.search([("company_id", "=", company.id)])
        known.filtered(lambda sender: sender.name not in names).unlink()
        known = known.exists().grouped("name")
        for sequence, name in enumerate(names):
            if name in known:
                known[name].sequence = sequence
            else:
                self.create(
                    {"company_id": company.id, "name": name, "sequence": sequence}
                )
