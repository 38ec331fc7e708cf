from odoo import fields, models

from ...company.res_company import STAFF


class ResCompany(models.Model):
    """How a company's e-mails present themselves."""

    _inherit = "res.company"

    reminder_sender_name = fields.Selection(
        [
            ("person_company", "Operator (company)"),
            ("person", "Operator's name"),
        ],
        string="Sender for customers",
        default="person_company",
        help="Whom customers see as the sender of an e-mail: the operator with the "
        "company in brackets, or the operator alone. The address is the operator's.",
        groups=STAFF,
    )
    reminder_email_second_way = fields.Selection(
        lambda self: self.env["crm.task.reminder.channel.email"]._get_second_ways(),
        string="If an e-mail is not possible",
        help="How somebody is reminded who has no e-mail address, or whose e-mail was "
        "refused or came back. Nobody gets both.",
        groups=STAFF,
    )
    reminder_powered_by = fields.Boolean(
        string="“Powered by Odoo” in e-mails",
        help="Below the letter, in small print.",
        groups=STAFF,
    )
