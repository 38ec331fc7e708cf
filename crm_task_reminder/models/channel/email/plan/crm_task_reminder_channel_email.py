from odoo import models


class CrmTaskReminderChannelEmail(models.AbstractModel):
    _inherit = "crm.task.reminder.channel.email"

    _plan_field = "reminder_plan_mail_template_id"
    _standard_plan_template = "crm_task_reminder.mail_template_plan"
