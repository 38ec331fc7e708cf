from odoo import models


class MailTemplate(models.Model):
    _name = "mail.template"
    _inherit = ["crm.task.reminder.template.mixin", "mail.template"]
