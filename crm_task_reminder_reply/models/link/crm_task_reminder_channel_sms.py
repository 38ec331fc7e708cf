from odoo import api, models

from ...tools import token as tokens


class CrmTaskReminderChannelSms(models.AbstractModel):
    """One short link at the end of an SMS for a customer."""

    _inherit = "crm.task.reminder.channel.sms"

    @api.model
    def _render(self, template, tasks):
        contents = super()._render(template, tasks)
        address = self.env["crm.task.reminder.link"]._get_address(tasks.env.company)
        ending = tasks.env._("Answer: %s", address)
        return {key: {**content, "ending": ending} for key, content in contents.items()}

    @api.model
    def _personalise(self, company, delivery):
        content = delivery.content
        ending = content.pop("ending")
        if delivery.reminder.audience == "customer":
            # before the text is cut to what may be sent: the link stays whole
            content["body"] = f"{content['body'].rstrip()} {ending}"
        return super()._personalise(company, delivery)

    @api.model
    def _has_reply_link(self, delivery):
        return (
            delivery.reminder.audience == "customer"
            and tokens.SAMPLE in delivery.content["body"]
        )

    @api.model
    def _prepare_message(self, company, delivery):
        """Leave the token out of the chatter: it is the customer's alone."""
        values = super()._prepare_message(company, delivery)
        if token := delivery.content.get("token"):
            values["body"] = values["body"].replace(token, "…")
        return values
