from odoo import api, models


class CrmTaskReminderChannelEmail(models.AbstractModel):
    """Copies of the e-mails for customers, without the customer's links.

    Whoever has a link answers for the customer, and a mail program may follow the one
    to have no more e-mails by itself. So a copy is a mail of its own, which follows
    the customer's once that was accepted.
    """

    _inherit = "crm.task.reminder.channel.email"

    @api.model
    def _add_links(self, content, reply, shown):
        if shown and content["cc"]:
            letter = dict(content)
            super()._add_links(letter, reply, [])
            content["copy"] = {
                name: letter[name] for name in ("cc", "body_html", "text")
            }
            content["cc"] = []
        return super()._add_links(content, reply, shown)

    @api.model
    def _list_copies(self, content):
        copy = content.get("copy")
        return copy["cc"] if copy else super()._list_copies(content)

    @api.model
    def _prepare_preview(self, content):
        values = super()._prepare_preview(content)
        if copy := content.get("copy"):
            values["copies"] = ", ".join(copy["cc"])
        return values

    @api.model
    def _prepare_outgoing(self, delivery, message):
        values = super()._prepare_outgoing(delivery, message)
        return {**values, "reminder_copy": delivery.content.get("copy")}

    @api.model
    def _remove_accepted(self, mails):
        mails.filtered("reminder_copy")._queue_reminder_copies()
        return super()._remove_accepted(mails)
