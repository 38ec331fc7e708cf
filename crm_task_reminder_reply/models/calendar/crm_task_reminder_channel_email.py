from odoo import api, models


class CrmTaskReminderChannelEmail(models.AbstractModel):
    """Attaches the calendar's entry where the template says so."""

    _inherit = "crm.task.reminder.channel.email"

    @api.model
    def _attach_calendars(self, company, deliveries):
        """Make one file per task, all by one query."""
        # sudo: whether a template has it is no secret
        wanted = [one for one in deliveries if one.template.sudo().reminder_calendar]
        starts = {one.task: self._get_calendar_start(one) for one in wanted}
        starts = {task: start for task, start in starts.items() if start}
        # sudo: the service writes what goes with its messages
        files = (
            self.env["ir.attachment"]
            .sudo()
            .create(
                [
                    {
                        "name": "task.ics",
                        # a mail program may take a text for ASCII else (RFC 5545)
                        "mimetype": "text/calendar; charset=utf-8",
                        "raw": task._write_reminder_calendar(
                            company, start=start
                        ).encode(),
                        "res_model": task._name,
                        "res_id": task.id,
                    }
                    for task, start in starts.items()
                ]
            )
        )
        by_task = dict(zip(starts, files, strict=True))
        for one in wanted:
            one.content["attachments"] |= by_task.get(one.task, files.browse())

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
