from odoo import models


class IrAttachment(models.Model):
    """A file of a task that goes with a reminder, as an entry for calendars does."""

    _name = "ir.attachment"
    _inherit = ["crm.task.reminder.spoken.mixin", "ir.attachment"]

    def _filter_foreign_reminders(self):
        # a template's files are guarded by the rights on the template
        # sudo: to read what they belong to, whether the user may or not
        files = self.sudo().filtered(lambda one: one.res_model == "project.task")
        if not files:
            return self.browse()
        messages = self.env["mail.message"].sudo()
        messages = messages.search([("attachment_ids", "in", files.ids)])
        foreign = messages._filter_foreign_reminders()
        return self & files.sudo(False).browse((files & foreign.attachment_ids).ids)
