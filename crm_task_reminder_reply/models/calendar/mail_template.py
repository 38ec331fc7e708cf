from odoo import fields, models


class MailTemplate(models.Model):
    """Whether a reminder by this template brings an entry for the calendar along."""

    _inherit = "mail.template"

    reminder_calendar = fields.Boolean(
        string="Attach a Calendar Entry to Reminders",
        help="Reminders of tasks bring the appointment along as a file for calendars.",
    )
