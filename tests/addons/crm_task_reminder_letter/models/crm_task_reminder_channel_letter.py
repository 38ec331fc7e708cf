from pathlib import Path

from markupsafe import Markup

from odoo import api, models
from odoo.addons.crm_task_reminder.tools.errors import ReminderError, TemporaryError


class CrmTaskReminderChannelLetter(models.AbstractModel):
    _name = "crm.task.reminder.channel.letter"
    _inherit = "crm.task.reminder.channel"
    _description = "Task Reminder by Letter"

    _channel = "letter"
    _portion = 10
    _template_field = "letter_template_id"
    _icon = "fa-print"
    _preview_template = "crm_task_reminder_letter.preview"
    _notification_states = {"sent": "sent", "bounce": "failed", "canceled": "skipped"}
    _failure_reasons = {"letter_returned": "returned"}
    _set_up_reasons = ("no_folder",)

    @api.model
    def _get_folder(self):
        # sudo: where the printer looks is no secret of the reminders
        parameters = self.env["ir.config_parameter"].sudo()
        return Path(parameters.get_param("crm_task_reminder_letter.folder", ""))

    @api.model
    def _check_set_up(self, company):
        if self._get_folder() == Path():
            raise ReminderError("no_folder")

    @api.model
    def _get_addresses(self, recipient):
        if not recipient.partner.street:
            raise ReminderError("no_street")
        lines = recipient.partner.contact_address.split("\n")
        return [", ".join(filter(None, map(str.strip, lines)))]

    @api.model
    def _render(self, template, tasks):
        bodies = template._render_field("body_html", tasks.ids)
        return {task_id: {"body": body} for task_id, body in bodies.items()}

    @api.model
    def _personalise(self, company, delivery):
        window = Markup("<p>%s, %s</p>") % (delivery.recipient.name, delivery.address)
        delivery.content["body"] = window + delivery.content["body"]

    @api.model
    def _prepare_message(self, company, delivery):
        return {"message_type": "notification", "body": delivery.content["body"]}

    @api.model
    def _get_file(self, row):
        return self._get_folder() / f"{row.id}.html"

    @api.model
    def _send(self, rows, line):
        for row in rows:
            try:
                self._get_file(row).write_text(row.message_id.body)
            except OSError as error:
                raise TemporaryError("no_folder", str(error)) from error
            yield row, None

    @api.model
    def _ask(self, rows):
        return {row: self._get_file(row).exists() for row in rows}

    @api.model
    def _send_test(self, company, recipient, address, content):
        (self._get_folder() / "test.html").write_text(content["body"])
