import re

from odoo import api, fields, models
from odoo.addons.crm_task_reminder.models.company.res_company import STAFF
from odoo.addons.crm_task_reminder.tools import gsm
from odoo.addons.crm_task_reminder.tools.phone_number import NUMBER
from odoo.exceptions import ValidationError

#: Numbers to which one texts have this many digits at least, short ones too.
FEWEST_DIGITS = 3


class ResCompany(models.Model):
    """Whether customers can answer an SMS by SMS, and how they are told."""

    _inherit = "res.company"

    reminder_sms_answers = fields.Boolean(
        string="Customers answer by SMS",
        help="The SMS for customers say how to answer: with yes or no.",
        groups=STAFF,
    )
    reminder_sms_answer_number = fields.Char(
        string="Number for answers",
        help="The number that customers write to, where an SMS can't just be answered "
        "because its sender is a name.",
        groups=STAFF,
    )

    reminder_sms_incoming_address = fields.Char(
        string="Address for incoming SMS",
        compute="_compute_reminder_sms_incoming_address",
        compute_sudo=True,
        help="The provider of SMS has to be told this address: it calls it with what "
        "customers write. Keep it a secret.",
        groups="base.group_system",
    )

    @api.constrains("reminder_sms_answer_number")
    def _check_reminder_sms_answer_number(self):
        """Refuse what nobody can text to, such as the name that is the sender."""
        for company in self.filtered("reminder_sms_answer_number"):
            number = company.reminder_sms_answer_number
            # what comes along from a list of contacts is not seen, and does nothing
            plain = gsm.to_plain(number).strip()
            digits = re.sub(r"\D", "", plain)
            if not NUMBER.fullmatch(plain) or len(digits) < FEWEST_DIGITS:
                raise ValidationError(
                    self.env._(
                        "“%s” is no number that customers can write an SMS to.", number
                    )
                )

    @api.depends("name")
    def _compute_reminder_sms_incoming_address(self):
        channel = self.env["crm.task.reminder.channel.sms"]
        for company in self:
            provider = channel._get_provider(company)
            address = provider._get_incoming_address(company) if company.id else ""
            company.reminder_sms_incoming_address = address

    def _takes_reminder_answers(self):
        """Tell whether customers can answer an SMS of the company."""
        self.ensure_one()
        company = self.sudo()  # sudo: whether they can is no secret
        provider = self.env["crm.task.reminder.channel.sms"]._get_provider(company)
        return bool(
            company.reminder_sms_answers
            and provider._can_receive
            and (
                company.reminder_sms_answer_number or provider._can_be_answered(company)
            )
        )

    def _get_reminder_reply_hint(self):
        """Return how to answer, in the reader's language; empty where one can't."""
        self.ensure_one()
        if not self._takes_reminder_answers():
            return ""
        # sudo: customers get to know the number
        number = self.sudo().reminder_sms_answer_number
        if number:
            return self.env._("Text YES or NO to %s.", number.strip())
        return self.env._("Reply YES or NO.")
