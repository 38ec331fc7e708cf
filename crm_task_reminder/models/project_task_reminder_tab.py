from odoo import api, fields, models
from odoo.fields import Command

from ..tools.errors import ReminderError
from .crm_task_reminder_mixin import AUDIENCES
from .project_task import GROUPS

SETTINGS = [
    ("company", "As the company has it"),
    ("changed", "Changed here"),
    ("off", "Off"),
]
#: Numbers of a customer and its contacts that are proposed at most.
PHONES_LIMIT = 20


class ProjectTask(models.Model):
    """What the tab of a task's reminders shows and changes.

    Whom a reminder reaches, and why not, is asked of those who send it.
    """

    # pylint: disable=consider-merging-classes-inherited  # one file would be too long
    _inherit = "project.task"

    reminder_trouble = fields.Char(
        string="What Keeps the Company from Sending",
        compute="_compute_reminder_trouble",
        compute_sudo=True,
        groups=GROUPS,
    )
    reminder_too_late = fields.Boolean(
        compute="_compute_reminder_too_late",
        groups=GROUPS,
        help="The time of a reminder had passed when it was set: it is not sent.",
    )
    reminder_customer_off = fields.Boolean(
        groups=GROUPS, help="The customer's reminders are kept, but not sent."
    )
    reminder_operator_off = fields.Boolean(
        groups=GROUPS, help="The operators' reminders are kept, but not sent."
    )
    reminder_customer = fields.Boolean(
        string="Generate automatic reminders for customers",
        compute="_compute_reminder_switches",
        inverse="_inverse_reminder_customer",
        groups=GROUPS,
    )
    reminder_operator = fields.Boolean(
        string="Generate automatic reminders for operators",
        compute="_compute_reminder_switches",
        inverse="_inverse_reminder_operator",
        groups=GROUPS,
    )
    reminder_customer_setting = fields.Selection(
        SETTINGS,
        string="Setting for Customers",
        compute="_compute_reminder_settings",
        groups=GROUPS,
    )
    reminder_operator_setting = fields.Selection(
        SETTINGS,
        string="Setting for Operators",
        compute="_compute_reminder_settings",
        groups=GROUPS,
    )
    reminder_customer_recipients = fields.Html(
        string="Customers Who Will Get Them",
        sanitize=False,  # else the icons are read out; it is our own
        compute="_compute_reminder_recipients",
        compute_sudo=True,
        groups=GROUPS,
    )
    reminder_operator_recipients = fields.Html(
        string="Operators Who Will Get Them",
        sanitize=False,  # else the icons are read out; it is our own
        compute="_compute_reminder_recipients",
        compute_sudo=True,
        groups=GROUPS,
    )
    reminder_customer_results = fields.Html(
        string="What Became of the Customers' Reminders",
        sanitize=False,  # else the icons are read out; it is our own
        compute="_compute_reminder_results",
        compute_sudo=True,
        groups=GROUPS,
    )
    reminder_operator_results = fields.Html(
        string="What Became of the Operators' Reminders",
        sanitize=False,  # else the icons are read out; it is our own
        compute="_compute_reminder_results",
        compute_sudo=True,
        groups=GROUPS,
    )
    reminder_phone_choices = fields.Json(
        compute="_compute_reminder_phone_choices", groups=GROUPS
    )
    reminder_user_ids = fields.Many2many(
        "res.users",
        string="Assignees to Remind",
        compute="_compute_reminder_user_ids",
        inverse="_inverse_reminder_user_ids",
        domain="[('id', 'in', user_ids)]",
        groups=GROUPS,
        help="Take out whom you do not want to be reminded of this task.",
    )

    @api.depends("reminder_company_id")
    @api.depends_context("lang")
    def _compute_reminder_trouble(self):
        for company, tasks in self.grouped("reminder_company_id").items():
            tasks.reminder_trouble = company._describe_reminder_obstacle()

    @api.depends(
        "reminder_customer_ids.is_too_late", "reminder_operator_ids.is_too_late"
    )
    def _compute_reminder_too_late(self):
        for task in self:
            lines = task.reminder_customer_ids + task.reminder_operator_ids
            task.reminder_too_late = any(lines.mapped("is_too_late"))

    # ------------------------------------------------------------------
    # The switch of each group
    # ------------------------------------------------------------------

    @api.depends(
        "reminder_customer_ids",
        "reminder_customer_off",
        "reminder_operator_ids",
        "reminder_operator_off",
    )
    def _compute_reminder_switches(self):
        for task in self:
            for audience, _label in AUDIENCES:
                is_on = not task[f"reminder_{audience}_off"]
                task[f"reminder_{audience}"] = is_on and task._get_lines(audience)

    def _inverse_reminder_customer(self):
        self._switch_reminders("customer")

    def _inverse_reminder_operator(self):
        self._switch_reminders("operator")

    @api.onchange("reminder_customer")
    def _onchange_reminder_customer(self):
        self._switch_reminders("customer")

    @api.onchange("reminder_operator")
    def _onchange_reminder_operator(self):
        self._switch_reminders("operator")

    def _switch_reminders(self, audience):
        """Switch an audience's reminders on or off as its switch says.

        Switched off, the lines are kept. Switched on without any, there are those that
        the company has prepared.
        """
        for task in self:
            is_on = task[f"reminder_{audience}"]
            if is_on and not task._get_lines(audience):
                company = task._get_reminder_company()
                values = company._prepare_reminder_proposals(audience)
                commands = list(map(Command.create, values))
                task[f"reminder_{audience}_ids"] = commands
            lines = task._get_lines(audience)
            task[f"reminder_{audience}_off"] = bool(lines) and not is_on

    def _get_lines(self, audience):
        return self[f"reminder_{audience}_ids"]

    # ------------------------------------------------------------------
    # The company's settings and the task's own
    # ------------------------------------------------------------------

    @api.depends(
        "reminder_company_id",
        "reminder_customer",
        "reminder_operator",
        *(
            f"reminder_{audience}_ids.{name}"
            for audience, _label in AUDIENCES
            for name in (
                "channel",
                "duration",
                "duration_unit",
                "mail_template_id",
                "sms_template_id",
            )
        ),
    )
    def _compute_reminder_settings(self):
        for task in self:
            company = task.reminder_company_id
            for audience, _label in AUDIENCES:
                defaults = company._get_reminder_defaults(audience)
                lines = task._get_lines(audience)
                if not task[f"reminder_{audience}"] and (lines or defaults):
                    setting = "off"
                elif lines._get_setting_keys() == defaults._get_setting_keys():
                    setting = "company"
                else:
                    setting = "changed"
                task[f"reminder_{audience}_setting"] = setting

    def action_reset_customer_reminders(self):
        """Give the tasks' customers the reminders that the company has set."""
        self._reset_reminders("customer")

    def action_reset_operator_reminders(self):
        """Give the tasks' operators the reminders that the company has set."""
        self._reset_reminders("operator")

    def _reset_reminders(self, audience):
        """Give the tasks the lines that their company has set."""
        by_company = self.grouped(lambda task: task._get_reminder_company())
        for company, tasks in by_company.items():
            defaults = company._get_reminder_defaults(audience)
            tasks._replace_reminders(audience, defaults)

    def _replace_reminders(self, audience, settings):
        """Put lines in the place of those that the tasks have; keep what was sent.

        :param str audience: ``customer`` or ``operator``
        :param settings: records of a model that inherits ``crm.task.reminder.mixin``
        """
        lines = self._get_lines(audience)
        lines.filtered(lambda line: line.state != "done").unlink()
        self._add_reminders(audience, settings)

    def _add_reminders(self, audience, settings):
        """Add lines to the tasks, except those that a task has already.

        :param str audience: ``customer`` or ``operator``
        :param settings: as for ``_replace_reminders``
        """
        keys = [line._get_setting_key() for line in settings]
        wanted = dict(zip(keys, settings._prepare_reminders(), strict=True))
        values_list = []
        for task in self:
            existing = task._get_lines(audience)._get_setting_keys()
            for key, values in wanted.items():
                if key not in existing:
                    values_list.append({**values, "task_id": task.id})
        self.env["crm.task.reminder"].create(values_list)
        self.write({f"reminder_{audience}_off": False})

    # ------------------------------------------------------------------
    # Who will get them
    # ------------------------------------------------------------------

    @api.depends("user_ids", "reminder_excluded_user_ids")
    def _compute_reminder_user_ids(self):
        for task in self:
            task.reminder_user_ids = task.user_ids - task.reminder_excluded_user_ids

    def _inverse_reminder_user_ids(self):
        for task in self:
            task.reminder_excluded_user_ids = task.user_ids - task.reminder_user_ids

    @api.onchange("reminder_user_ids")
    def _onchange_reminder_user_ids(self):
        self._inverse_reminder_user_ids()

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
        :return list[dict]: ``name``, ``channel``, ``address`` and ``problem``, a text;
            one of the last two is empty
        """
        self.ensure_one()
        company = self.reminder_company_id
        channels = self._get_lines(audience).mapped("channel")
        try:
            recipients = self._get_reminder_recipients(audience, company)
        except ReminderError as error:
            return [
                {
                    "name": "",
                    "channel": "",
                    "address": "",
                    "problem": self.env["crm.task.reminder.log"]._explain(error),
                }
            ]
        return [
            {"channel": channel, **self._describe_recipient(recipient, channel)}
            for recipient in recipients
            for channel in dict.fromkeys(channels)
        ]

    def _describe_recipient(self, recipient, channel_name):
        """Return ``name``, ``address`` and ``problem`` of a recipient, for the reader.

        An unsaved form can name anybody.
        """
        name, is_open = self.env["crm.task.reminder"]._disclose(
            recipient.name, recipient.partner, recipient.employee
        )
        if not is_open:
            return {"name": name, "address": "", "problem": ""}
        return {"name": name, **self._find_address(recipient, channel_name)}

    def _find_address(self, recipient, channel_name):
        """Return the ``address`` of a recipient, and the ``problem`` with it.

        Both may be told: of several addresses, some can be on a blacklist.
        """
        channel = self.env[f"crm.task.reminder.channel.{channel_name}"]
        log = self.env["crm.task.reminder.log"]
        try:
            channel._check_set_up(self.reminder_company_id)
            addresses = channel._get_active_addresses(recipient)
        except ReminderError as error:
            return {"address": "", "problem": log._explain(error)}
        blacklisted = channel._get_blacklisted(addresses)
        error = ReminderError("blacklisted", ", ".join(sorted(blacklisted)))
        return {
            "address": ", ".join(one for one in addresses if one not in blacklisted),
            "problem": log._explain(error) if blacklisted else "",
        }

    @api.depends("reminder_customer_ids.log_ids", "reminder_operator_ids.log_ids")
    @api.depends_context("lang", "tz", "uid", "allowed_company_ids")
    def _compute_reminder_results(self):
        for task in self:
            for audience, _label in AUDIENCES:
                rows = task._get_lines(audience)._get_current_rows()
                task[f"reminder_{audience}_results"] = self.env["ir.qweb"]._render(
                    "crm_task_reminder.results", {"rows": rows.sorted("id")}
                )

    @api.depends("partner_id")
    def _compute_reminder_phone_choices(self):
        for task in self:
            task.reminder_phone_choices = [
                {"number": partner.phone, "name": partner.display_name}
                for partner in task._get_phone_partners()
            ]

    def _get_phone_partners(self):
        """Return the customer, its parent and its contacts, those with a number.

        Only those that the reader may read: a task can be of a customer who is hidden.
        """
        self.ensure_one()
        # sudo: to find the parent; whom the reader may read is asked below
        family = self.partner_id.sudo().commercial_partner_id
        return self.env["res.partner"].search(
            [("id", "child_of", family.ids), ("phone", "!=", False)], limit=PHONES_LIMIT
        )
