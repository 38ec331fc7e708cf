from odoo import api, fields, models

#: The limit that is set beside the figures.
LIMIT = "reminder_sms_daily_parts"


class CrmTaskReminderSettingsMixin(models.AbstractModel):
    """How many SMS may leave on a day, and how many have left."""

    _inherit = "crm.task.reminder.settings.mixin"

    reminder_sms_daily_parts = fields.Integer(
        related="company_id.reminder_sms_daily_parts",
        readonly=False,
        related_sudo=False,
    )
    reminder_sms_daily_second_way = fields.Selection(
        related="company_id.reminder_sms_daily_second_way",
        readonly=False,
        related_sudo=False,
    )
    reminder_sms_parts_sent = fields.Char(
        string="SMS Sent",
        compute="_compute_reminder_sms_parts_sent",
        compute_sudo=True,
        help="How many SMS have left, each part of a long one counted, and tests to "
        "oneself.",
    )

    @api.depends("company_id")
    @api.depends_context("lang")
    def _compute_reminder_sms_parts_sent(self):
        limits = self.env["crm.task.reminder.limit"]
        channels = self.env["crm.task.reminder.mixin"]._get_channels().values()
        channel = next(one for one in channels if one._daily_limit_field == LIMIT)
        for settings in self:
            company = settings._get_reminder_window_company()
            day = company._get_reminder_day()
            month = limits._count_parts(company, channel, day.replace(day=1), day)
            settings.reminder_sms_parts_sent = bool(month) and self.env._(
                "today: %(today)s, this month: %(month)s",
                today=month[day],
                month=month.total(),
            )
