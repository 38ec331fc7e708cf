from odoo import models


class CrmTaskReminderChannelEmail(models.AbstractModel):
    _inherit = "crm.task.reminder.channel.email"

    _plan_field = "reminder_plan_mail_template_id"
