from odoo import fields, models


class CrmTaskReminderSettingsMixin(models.AbstractModel):
    """The second ways of the company."""

    _inherit = "crm.task.reminder.settings.mixin"

    reminder_sms_second_way = fields.Selection(
        related="company_id.reminder_sms_second_way",
        readonly=False,
        related_sudo=False,
    )
    reminder_email_second_way = fields.Selection(
        related="company_id.reminder_email_second_way",
        readonly=False,
        related_sudo=False,
    )
    reminder_sms_receipt_minutes = fields.Integer(
        related="company_id.reminder_sms_receipt_minutes",
        readonly=False,
        related_sudo=False,
    )
    reminder_second_way_blacklisted = fields.Boolean(
        related="company_id.reminder_second_way_blacklisted",
        readonly=False,
        related_sudo=False,
    )
