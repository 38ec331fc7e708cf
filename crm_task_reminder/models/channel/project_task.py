from odoo import api, fields, models

from ...tools import dates, schedule
from ...tools.language import get_time_style
from .ir_qweb import KNOWN


class ProjectTask(models.Model):
    """What templates say of a task in the words of the reader."""

    _inherit = "project.task"

    reminder_start = fields.Char(
        string="Start, as the Reader Reads It",
        compute="_compute_reminder_start",
        compute_sudo=True,  # for speed: else the rights on each task are checked again
        help="The start in the language and time zone of the reader; for templates.",
    )
    reminder_customer_name = fields.Char(
        string="How to Address the Customer",
        compute="_compute_reminder_customer_name",
        compute_sudo=True,  # whoever reads a task sees its customer's name
        help="The customer's name, its firm's where it is an address without one; for "
        "templates.",
    )
    reminder_contact = fields.Char(
        string="Contact for Questions",
        compute="_compute_reminder_contact",
        compute_sudo=True,  # a company's phone number and address are no secret
        help="The company's phone, else its e-mail address or name; for templates.",
    )

    @api.depends("planned_date_begin", "reminder_company_id")
    @api.depends_context("lang", "tz", "uid")
    def _compute_reminder_start(self):
        self.reminder_start = False
        for tasks, text in self._format_reminder_moments():
            tasks.reminder_start = text

    def _format_reminder_moments(self, get_moment=None):
        """Return moments of the tasks as the reader reads them.

        :param get_moment: as of ``_localise_reminder_starts``
        :yield tuple[project.task, str]: tasks, and the moment that they share
        """
        style = self._get_reminder_time_style()
        moments = self._localise_reminder_starts(get_moment)
        for tasks, moment, this_year, zone in moments:
            text = dates.format_day_and_time(moment, *style, this_year)
            yield tasks, f"{text} ({zone})" if zone else text

    def _split_reminder_start(self):
        """Return the start in parts, for the head of an e-mail.

        :return dict[int, dict[str, str]]: task id → what ``dates.split_day_and_time``
            returns, and ``zone``, which is empty where it need not be told; without the
            tasks that have no start
        """
        style = self._get_reminder_time_style()
        return {
            task.id: {
                **dates.split_day_and_time(start, *style, this_year),
                "zone": zone,
            }
            for tasks, start, this_year, zone in self._localise_reminder_starts(
                lambda task: task._get_reminder_head_moment()
            )
            for task in tasks
        }

    def _get_reminder_head_moment(self):
        """Return the moment that is told in the head of an e-mail (naive UTC)."""
        return self._get_reminder_shown_start()

    @api.model
    def _get_reminder_time_style(self):
        """Return how the reader writes times.

        :return tuple[str, babel.Locale]: the pattern of the time of day, the locale
        """
        return get_time_style(self.env)

    def _get_reminder_shown_start(self):
        """Return the start that a text is about (naive UTC)."""
        return self.planned_date_begin

    def _localise_reminder_starts(self, get_start=None):
        """Return the tasks' starts in the reader's zone, and what that is called.

        :param get_start: function that returns a task's start (naive UTC); the one that
            the text is about unless given
        :yield tuple[project.task, datetime, int, str]: tasks, their start, the year in
            that zone; its name, empty where the company's has the same time
        """
        get_start = get_start or (lambda task: task._get_reminder_shown_start())
        wanted = self.env.context.get("tz"), self.env.user.tz
        for company, tasks in self.grouped("reminder_company_id").items():
            company_tz = company._get_reminder_tz()
            tz = schedule.pick_zone(*wanted, company_tz)
            now = schedule.to_local(fields.Datetime.now(), tz)
            name = tz.rpartition("/")[2].replace("_", " ")
            for start, members in tasks.grouped(get_start).items():
                if not start:
                    continue
                local = schedule.to_local(start, tz)
                is_same = tz == company_tz or (
                    local.utcoffset()
                    == schedule.to_local(start, company_tz).utcoffset()
                )
                naive = local.replace(tzinfo=None)
                yield members, naive, now.year, "" if is_same else name

    @api.depends("partner_id.name", "partner_id.commercial_partner_id.name")
    def _compute_reminder_customer_name(self):
        for task in self:
            partner = task.partner_id
            firm = partner.commercial_partner_id
            task.reminder_customer_name = task._may_name_reminder_customer() and (
                (partner.name or "").strip() or firm.name or partner.display_name
            )

    def _may_name_reminder_customer(self):
        """Tell whether the reader may know the customer's name.

        Whoever reads a task sees it. A form that is not saved can name anybody.
        """
        partner = self.partner_id._origin
        is_saved = self.id or partner == self._origin.partner_id
        return bool(is_saved or partner.sudo(False).has_access("read"))

    @api.depends("reminder_company_id")
    def _compute_reminder_contact(self):
        for task in self:
            company = task.reminder_company_id
            task.reminder_contact = company.phone or company.email or company.name

    @api.model
    def _has_field_access(self, field, operation):
        """Find out once per batch which fields may be read.

        Odoo finds it out anew each time that a template reads a field of a task.
        """
        known = self.env.context.get(KNOWN)
        if known is None or self.env.su:
            return super()._has_field_access(field, operation)
        key = self.env.uid, field, operation
        if key not in known:
            known[key] = super()._has_field_access(field, operation)
        return known[key]

    @api.model
    def mail_allowed_qweb_expressions(self):
        """Let everybody who writes templates use what is meant for them.

        Odoo also fills such expressions in without compiling them for each task.
        """
        return (
            *super().mail_allowed_qweb_expressions(),
            "object.reminder_start",
            "object.reminder_customer_name",
            "object.reminder_contact",
            "object.reminder_company_id.name",
        )
