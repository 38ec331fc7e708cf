from babel.dates import format_skeleton, format_time

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import babel_locale_parse, get_lang

from ....tools import schedule
from ....tools.outcomes import NOT_SENT_STATES


class CrmTaskReminder(models.Model):
    """What a person reads about one reminder on its task's form."""

    _inherit = "crm.task.reminder"

    due_text = fields.Char(
        string="When",
        compute="_compute_due_text",
        help="When the reminder is due, in the time zone of the reader.",
    )
    is_too_late = fields.Boolean(
        compute="_compute_is_too_late",
        compute_sudo=True,
        help="The time had passed when it was set, and the company sends no late ones.",
    )
    can_send_now = fields.Boolean(compute="_compute_can_send_now", compute_sudo=True)
    outcome = fields.Char(
        string="Result",
        compute="_compute_outcome",
        compute_sudo=True,
        help="Who was reminded, and why somebody was not.",
    )

    @api.depends("due_at")
    @api.depends_context("lang", "tz", "uid")
    def _compute_due_text(self):
        for reminder in self:
            reminder.due_text = self._format_moment(reminder.due_at)

    @api.depends("due_at", "set_at", "state")
    def _compute_is_too_late(self):
        for reminder in self:
            reminder.is_too_late = (
                reminder.state == "scheduled"
                and reminder._is_too_late(reminder.company_id)
            )

    @api.model
    def _format_moment(self, moment):
        """Return ``moment`` as “Tue, Jul 14, 8:00 AM” in the reader's words and zone.

        :param datetime moment: naive UTC, or False
        """
        if not moment:
            return ""
        locale = babel_locale_parse(get_lang(self.env).code)
        tz = schedule.pick_zone(self.env.context.get("tz"), self.env.user.tz)
        local = schedule.to_local(moment, tz).replace(tzinfo=None)
        day = format_skeleton("MMMEd", local, locale=locale)
        return f"{day}, {format_time(local, 'short', locale=locale)}"

    @api.depends("state", "log_ids.state", "due_at")
    def _compute_can_send_now(self):
        done = self.filtered(lambda reminder: reminder.state == "done")
        missing = self.env["crm.task.reminder.decision"]._resolve_missing(done)
        unfinished = {delivery.reminder for delivery in missing}
        for reminder in self:
            is_open = reminder.state in ("scheduled", "skipped", "missed")
            reminder.can_send_now = is_open or reminder in unfinished

    @api.depends("log_ids.state", "log_ids.reason", "log_ids.detail", "due_at")
    @api.depends_context("lang", "tz", "uid", "allowed_company_ids")
    def _compute_outcome(self):
        for reminder in self:
            rows = reminder._get_current_rows().sorted("id")
            texts = (row._describe() for row in rows)
            reminder.outcome = ", ".join(texts)

    def _get_current_rows(self):
        """Return the rows of the log about the starts that the tasks have now.

        Of somebody who got no message, only what was found out the last time.
        """

        def is_current(row):
            is_same_start = row.start == row.reminder_id._get_anchor()
            has_left = row.state not in NOT_SENT_STATES and row.address
            return row.due_at == row.reminder_id.due_at or (is_same_start and has_left)

        # sudo: whoever may read a reminder may read what became of it
        return self.sudo().log_ids.filtered(is_current)

    @api.model
    def _disclose(self, name, partner, employee):
        """Return what the reader may know of a recipient, before and after sending.

        The name of a task's customer is on the task; that of an employee of another
        company is not, and neither is an address of somebody whom one may not read.

        :param str name:
        :param res.partner partner: empty for an employee without a contact
        :param hr.employee employee: empty unless it is what the address comes from
        :return tuple[str, bool]: the name or what stands for it, and whether the
            address and what is wrong with it may be told
        """
        employees = self.env["hr.employee.public"].sudo(False)
        if not employees.browse(employee._origin.ids).has_access("read"):
            return self.env._("An employee of another company"), False
        return name, partner._origin.sudo(False).has_access("read")

    # ------------------------------------------------------------------
    # Preview and sending at once
    # ------------------------------------------------------------------

    def action_preview(self):
        """Open the reminder as its recipients will read it."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Preview: %s", self.display_name),
            "res_model": "crm.task.reminder.preview",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_reminder_id": self.id},
        }

    def action_send_now(self):
        """Let the service send the reminders at once instead of at their time.

        It is the service that sends them, with all its checks: nobody gets one twice.
        """
        self.check_access("write")
        for reminder in self:
            if reminder.state == "done" and not reminder.can_send_now:
                raise UserError(self.env._("It has been sent already."))
            # sudo: the time a reminder is due at is not for everybody to set
            reminder.sudo().write(
                {
                    "asked_at": fields.Datetime.now(),
                    "asked_start": reminder._get_anchor(),
                    "handled_due_at": False,
                }
            )
            reminder._check_sending_now()
        # sudo: to wake the service is not to change it
        self.env["ir.cron"].sudo()._get_reminder_workers()[:1]._trigger()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("The reminder is on its way."),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _check_sending_now(self):
        """Refuse a reminder that the service would not send, or that reaches nobody.

        :raise UserError: with the reason in words
        """
        self.ensure_one()
        # sudo: whoever may edit a task need not read the company's settings
        reminder = self.sudo()
        # sudo: to decide reads the company's settings, too
        decision = self.env["crm.task.reminder.decision"].sudo()
        error = decision._find_obstacle(reminder) or decision._find_refusal(reminder)
        if error:
            raise UserError(self.env["crm.task.reminder.log"]._explain(error))
        if obstacle := reminder.company_id._describe_reminder_obstacle():
            raise UserError(obstacle)
