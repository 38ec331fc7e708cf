from collections import defaultdict

from odoo import api, fields, models

from ....tools.errors import ReminderError
from ...line.crm_task_reminder import HANDLED_STATES
from ...line.crm_task_reminder_mixin import AUDIENCES
from ...line.project_task import GROUPS

#: States of a line that the service will not look at again.
HANDLED = {state for state, _label in HANDLED_STATES}


def _join(words):
    """Return words in one line, each once."""
    return ", ".join(dict.fromkeys(words))


class ProjectTask(models.Model):
    """Who will get a task's reminders, or why not, and what became of them.

    Whom a reminder reaches is asked of ``crm.task.reminder.decision``.
    """

    _inherit = "project.task"

    reminder_customer_recipients = fields.Html(
        string="Customers Who Will Get Them",
        sanitize=False,  # it would drop aria-hidden; the HTML is from our own template
        compute="_compute_reminder_recipients",
        compute_sudo=True,
        groups=GROUPS,
    )
    reminder_operator_recipients = fields.Html(
        string="Operators Who Will Get Them",
        sanitize=False,  # it would drop aria-hidden; the HTML is from our own template
        compute="_compute_reminder_recipients",
        compute_sudo=True,
        groups=GROUPS,
    )
    reminder_customer_results = fields.Html(
        string="What Became of the Customers' Reminders",
        sanitize=False,  # it would drop aria-hidden; the HTML is from our own template
        compute="_compute_reminder_results",
        compute_sudo=True,
        groups=GROUPS,
    )
    reminder_operator_results = fields.Html(
        string="What Became of the Operators' Reminders",
        sanitize=False,  # it would drop aria-hidden; the HTML is from our own template
        compute="_compute_reminder_results",
        compute_sudo=True,
        groups=GROUPS,
    )

    @api.depends(
        "reminder_company_id",
        "partner_id.email",
        "partner_id.phone",
        "reminder_phone",
        "user_ids",
        "reminder_excluded_user_ids",
        "reminder_employee_ids",
        "reminder_customer_ids.channel",
        "reminder_operator_ids.channel",
    )
    @api.depends_context("lang", "uid", "allowed_company_ids")
    def _compute_reminder_recipients(self):
        for task in self:
            for audience, _label in AUDIENCES:
                task[f"reminder_{audience}_recipients"] = self.env["ir.qweb"]._render(
                    "crm_task_reminder.recipients",
                    {"recipients": task._list_reminder_recipients(audience)},
                )

    def _list_reminder_recipients(self, audience):
        """Return who gets an audience's reminders at which address, or why not.

        :param str audience: ``customer`` or ``operator``
        :return list[dict]: ``name``, ``icon``, ``address`` and ``problem``, a text; one
            of the last two may be empty
        """
        self.ensure_one()
        lines = self._get_reminder_lines(audience)
        handled = lines.filtered(lambda line: line.state in HANDLED)
        lines -= handled
        deliveries, refusals = self.env["crm.task.reminder.decision"]._resolve(
            lines, form=self
        )
        found = defaultdict(list)
        for one in deliveries:
            for recipient in (one.recipient, *one.others):
                found[one.channel, recipient].append((one.address, None))
        for one in refusals:
            channel = one.reminder._get_channel()
            found[channel, one.recipient].append((one.address, one.error))
        return (
            self._list_reminder_obstacles(lines._origin)
            + [
                self._describe_reminder_recipient(channel, recipient, outcomes)
                for (channel, recipient), outcomes in found.items()
            ]
            + self._list_reminder_latecomers(handled)
        )

    def _list_reminder_latecomers(self, lines):
        """Return who has no message of what was sent already, as recipients are listed.

        :param crm.task.reminder lines: which the service will not look at again
        """
        sent = lines.filtered(lambda line: line.state == "done")._origin
        decision = self.env["crm.task.reminder.decision"]
        entries = []
        for one in decision._resolve_missing(sent, form=self):
            entry = self._describe_reminder_recipient(one.channel, one.recipient, [])
            hint = self.env._("has no message of it yet; “Send now” sends one")
            entries.append({**entry, "problem": entry["problem"] or hint})
        return entries

    def _list_reminder_obstacles(self, lines):
        """Return what keeps whole lines from being sent, as recipients are listed."""
        decision = self.env["crm.task.reminder.decision"]
        scheduled = lines.filtered(lambda line: line.state == "scheduled")
        # what the company's set-up lacks is shown at each recipient instead
        errors = decision._find_obstacles(scheduled, is_written=True)
        for line in scheduled.filtered(lambda line: not line._get_template()):
            errors.setdefault(line, ReminderError("no_template"))
        return [
            {
                "name": line.display_name,
                "icon": line._get_channel()._icon,
                "address": "",
                "problem": self.env["crm.task.reminder.log"]._explain(error),
            }
            for line, error in errors.items()
        ]

    def _describe_reminder_recipient(self, channel, recipient, outcomes):
        """Return a recipient's entry in the list of who gets reminders in one form.

        Nothing is told of somebody whom the reader may not read: an unsaved form can
        name anybody.

        :param Recipient | None recipient: None where there is nobody
        :param list[tuple] outcomes: addresses, and the error of each that gets nothing
        """
        entry = {"name": "", "icon": channel._icon, "address": "", "problem": ""}
        decision = self.env["crm.task.reminder.decision"]
        log = self.env["crm.task.reminder.log"]
        if recipient:
            entry["name"], is_open = self.env["crm.task.reminder"]._disclose(
                recipient.name, recipient.partner, recipient.employee
            )
            if not is_open:
                return entry
            if gap := decision._find_set_up_gap(self.reminder_company_id, channel):
                return {**entry, "problem": log._explain(gap)}
        entry["address"] = _join(one for one, error in outcomes if not error)
        errors = [(one, error) for one, error in outcomes if error]
        if errors:
            details = _join(one or error.detail for one, error in errors)
            error = ReminderError(errors[0][1].reason, details)
            entry["problem"] = log._explain(error)
        return entry

    @api.depends("reminder_customer_ids.log_ids", "reminder_operator_ids.log_ids")
    @api.depends_context("lang", "tz", "uid", "allowed_company_ids")
    def _compute_reminder_results(self):
        for task in self:
            for audience, _label in AUDIENCES:
                rows = task._get_reminder_lines(audience)._get_current_rows()
                task[f"reminder_{audience}_results"] = self.env["ir.qweb"]._render(
                    "crm_task_reminder.results", {"rows": rows.sorted("id")}
                )
