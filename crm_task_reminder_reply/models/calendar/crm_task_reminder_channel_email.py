from odoo import api, models


class CrmTaskReminderChannelEmail(models.AbstractModel):
    """Attaches the calendar's entry where the template says so."""

    _inherit = "crm.task.reminder.channel.email"

    @api.model
    def _attach_calendars(self, company, deliveries):
        """Make one file for all that is told the same of a task, all by one query."""
        # sudo: whether a template has it is no secret
        wanted = [one for one in deliveries if one.template.sudo().reminder_calendar]
        entries = [(one, self._prepare_entry(company, one)) for one in wanted]
        keyed = [
            (one, (one.task, *entry.items()))
            for one, entry in entries
            if entry["start"]
        ]
        kinds = list(dict.fromkeys(key for _one, key in keyed))
        # sudo: the service writes what goes with its messages
        files = (
            self.env["ir.attachment"]
            .sudo()
            .create([self._prepare_file(company, *kind) for kind in kinds])
        )
        by_kind = dict(zip(kinds, files, strict=True))
        for one, key in keyed:
            one.content["attachments"] |= by_kind[key]

    @api.model
    def _prepare_entry(self, company, delivery):  # noqa: ARG002
        """Return the parts of an entry that its reader knows from the message.

        :param res.company company:
        :param Delivery delivery: with its content
        :return dict: of ``_write_reminder_calendar`` of the task
        """
        return {"start": self._get_calendar_start(delivery)}

    @api.model
    def _prepare_file(self, company, task, *entry):
        """Return the values of the file of an entry.

        :param tuple entry: pairs of a part's name and its value
        """
        text = task._write_reminder_calendar(company, **dict(entry))
        return {
            "name": "task.ics",
            # a mail program may take a text for ASCII else (RFC 5545)
            "mimetype": "text/calendar; charset=utf-8",
            "raw": text.encode(),
            "res_model": task._name,
            "res_id": task.id,
        }

    @api.model
    def _get_calendar_start(self, delivery):
        """Return the start that an entry has; False if there is none.

        What is called off may have none any more, or another one than was told.

        :param Delivery delivery:
        :return datetime | False: naive UTC
        """
        if delivery.reminder.moment == "called_off":
            return delivery.anchor
        # sudo: whether there is a start is no secret
        return delivery.reminder.sudo()._get_start()
