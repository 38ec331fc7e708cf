from odoo import SUPERUSER_ID, api, models


class CrmTaskReminderSmsProvider(models.AbstractModel):
    """Takes what customers write, whichever provider brings it."""

    _inherit = "crm.task.reminder.sms.provider"

    @api.model
    def _receive_text(self, company, text):
        # Nobody else may write answers; not as the public user that a provider is.
        provider = self.with_user(SUPERUSER_ID)
        # one answer after the other, as on the page
        provider.env["crm.task.reminder.answer"]._take_turn()
        texts = provider.env["crm.task.reminder.text"]
        companies = texts._find_written_to(company.with_env(texts.env), text)
        for one in companies:
            own = texts.with_context(allowed_company_ids=one.ids)
            is_shared = len(companies) > 1
            own._receive_text(one.with_env(own.env), text, is_shared=is_shared)
        return super()._receive_text(company, text)
