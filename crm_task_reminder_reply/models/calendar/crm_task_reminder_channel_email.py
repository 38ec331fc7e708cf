from odoo import api, models


class CrmTaskReminderChannelEmail(models.AbstractModel):
    """Attaches the calendar's entry where the template says so."""

    _inherit = "crm.task.reminder.channel.email"

    @api.model
    def _attach_calendars(self, company, deliveries):
        """Give deliveries their tasks' entries, one file per task; by one query.

        :param res.company company:
        :param list[Delivery] deliveries: with their content
        """
        # sudo: whether a template has it is no secret, nor whether there is a start
        wanted = [
            one
            for one in deliveries
            if one.template.sudo().reminder_calendar
            and one.task.sudo().planned_date_begin
        ]
        tasks = self.env["project.task"].browse(
            dict.fromkeys(one.task.id for one in wanted)
        )
        # sudo: the service writes what goes with its messages
        files = (
            self.env["ir.attachment"]
            .sudo()
            .create(
                [
                    {
                        "name": "task.ics",
                        "mimetype": "text/calendar",
                        "raw": task._write_reminder_calendar(company).encode(),
                        "res_model": task._name,
                        "res_id": task.id,
                    }
                    for task in tasks
                ]
            )
        )
        by_task = dict(zip(tasks.ids, files, strict=True))
        for one in wanted:
            one.content["attachments"] |= by_task[one.task.id]
