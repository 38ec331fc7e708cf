from odoo import api, fields, models


class CrmTaskReminderLog(models.Model):
    """Why a message left, or is to leave, at another time than it was due."""

    _inherit = "crm.task.reminder.log"

    move_text = fields.Char(string="Why Then", compute="_compute_move_text")

    @api.depends("leave_at", "leave_tz", "due_at")
    @api.depends_context("lang", "tz", "uid")
    def _compute_move_text(self):
        reminders = self.env["crm.task.reminder"]
        for row in self:
            row.move_text = row._is_moved() and self.env._(
                "%(move)s (%(zone)s)",
                move=reminders._describe_move(row.leave_at, row.due_at),
                zone=(row.leave_tz or "").replace("_", " "),
            )

    @api.depends("move_text")
    def _compute_summary(self):
        result = super()._compute_summary()
        for row in self.filtered("move_text"):
            row.summary = ", ".join(filter(None, (row.summary, row.move_text)))
        return result

    def _describe(self):
        """Tell also of what waits when it leaves, and why then."""
        text = super()._describe()
        is_waiting = self.state == "queued" and self.move_text
        return f"{text} · {self.move_text}" if is_waiting else text

    @api.model
    def _find_hindrances(self, rows):
        """Say at once that no hour is left, instead of dropping what was asked for."""
        found = super()._find_hindrances(rows)
        rest = rows.filtered(lambda row: row not in found and row.reminder_id)
        # sudo: whoever may send it again may be told when it could leave
        limits = self.env["crm.task.reminder.limit"].sudo()
        moments = limits._find_late_moments(rest) if rest else {}
        late = [row for row, (moment, _tz) in moments.items() if not moment]
        return found | dict.fromkeys(late, "quiet")
