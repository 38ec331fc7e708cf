from odoo import SUPERUSER_ID, api, models


class CrmTaskReminderSmsProvider(models.AbstractModel):
    """Takes what customers write, whichever provider brings it."""

    _inherit = "crm.task.reminder.sms.provider"

    @api.model
    def _receive_text(self, company, text):
        # Nobody else may write answers; not as the public user that a provider is.
        texts = self.with_user(SUPERUSER_ID).with_context(
            allowed_company_ids=company.ids
        )
        # one answer after the other, as on the page
        texts.env["crm.task.reminder.answer"]._take_turn()
        company = company.with_env(texts.env)
        texts.env["crm.task.reminder.text"]._receive_text(company, text)
        return super()._receive_text(company, text)
