from odoo import api, fields, models


class CrmTaskReminderSettingsMixin(models.AbstractModel):
    """What the window has about answers by SMS."""

    _inherit = "crm.task.reminder.settings.mixin"

    reminder_sms_answers = fields.Boolean(
        related="company_id.reminder_sms_answers",
        readonly=False,
        related_sudo=False,
    )
    reminder_sms_answer_number = fields.Char(
        related="company_id.reminder_sms_answer_number",
        readonly=False,
        related_sudo=False,
    )
    reminder_sms_receipts = fields.Boolean(
        related="company_id.reminder_sms_receipts",
        readonly=False,
        related_sudo=False,
    )
    reminder_sms_incoming_address = fields.Char(
        related="company_id.reminder_sms_incoming_address",
        groups="base.group_system",
    )
    reminder_sms_can_receive = fields.Boolean(
        compute="_compute_reminder_sms_can_receive", compute_sudo=True
    )
    reminder_sms_can_be_answered = fields.Boolean(
        compute="_compute_reminder_sms_can_receive", compute_sudo=True
    )

    @api.depends("company_id")
    def _compute_reminder_sms_can_receive(self):
        self.reminder_sms_can_receive = self.reminder_sms_can_be_answered = False
        for settings in self:
            company = settings._get_reminder_window_company()
            if company:
                channel = self.env["crm.task.reminder.channel.sms"]
                provider = channel._get_provider(company)
                settings.reminder_sms_can_receive = provider._can_receive
                can_be_answered = provider._can_be_answered(company)
                settings.reminder_sms_can_be_answered = can_be_answered
