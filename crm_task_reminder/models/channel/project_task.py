import re

from odoo import api, fields, models
from odoo.tools import posix_to_ldml
from odoo.tools.misc import babel_locale_parse, get_lang

from ...tools import dates, schedule

#: The seconds in a language's format of the time, with the sign before them.
SECONDS = re.compile(r"[:.]?%S")


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
        style = self._get_reminder_time_style()
        for (start, company), tasks in self.grouped(
            lambda task: (task.planned_date_begin, task.reminder_company_id)
        ).items():
            tasks.reminder_start = start and self._format_reminder_start(
                start, company, style
            )

    def _get_reminder_when(self):
        """Return the start in parts, for the head of an e-mail.

        :return dict[str, str]: see ``dates.split_day_and_time``, and ``zone``, which is
            empty where it need not be told; nothing at all without a start
        """
        self.ensure_one()
        start, company = self.planned_date_begin, self.reminder_company_id
        if not start:
            return {}
        style = self._get_reminder_time_style()
        local, this_year, zone = self._localise_reminder_start(start, company)
        return {**dates.split_day_and_time(local, *style, this_year), "zone": zone}

    @api.model
    def _get_reminder_time_style(self):
        """Return how the reader writes times.

        :return tuple[str, babel.Locale]: the pattern of the time of day, the locale
        """
        lang = get_lang(self.env)
        locale = babel_locale_parse(lang.code)
        time_format = SECONDS.sub("", lang.time_format)
        return posix_to_ldml(time_format, locale=locale), locale

    @api.model
    def _format_reminder_start(self, start, company, style):
        """Return a start with its weekday, and its zone where that has to be told.

        :param tuple style: see ``_get_reminder_time_style``
        """
        local, this_year, zone = self._localise_reminder_start(start, company)
        text = dates.format_day_and_time(local, *style, this_year)
        return f"{text} ({zone})" if zone else text

    @api.model
    def _localise_reminder_start(self, start, company):
        """Return a start in the reader's zone, the year it is there, the zone's name.

        :param datetime start: naive UTC
        :param res.company company: whose zone goes without saying
        :return tuple[datetime, int, str]: the name is empty where it need not be told
        """
        wanted = self.env.context.get("tz"), self.env.user.tz
        tz = schedule.pick_zone(*wanted, company._get_reminder_tz())
        now = schedule.to_local(fields.Datetime.now(), tz)
        local = schedule.to_local(start, tz).replace(tzinfo=None)
        return local, now.year, self._get_reminder_zone_name(start, company, tz)

    @api.model
    def _get_reminder_zone_name(self, start, company, tz):
        """Return how to call the zone ``tz`` where its time is not the company's."""
        local = schedule.to_local(start, tz)
        company_local = schedule.to_local(start, company._get_reminder_tz())
        if local.utcoffset() == company_local.utcoffset():
            return ""
        return tz.rpartition("/")[2].replace("_", " ")

    @api.depends("partner_id.name", "partner_id.commercial_partner_id.name")
    def _compute_reminder_customer_name(self):
        for task in self:
            partner = task.partner_id
            firm = partner.commercial_partner_id
            task.reminder_customer_name = (
                partner.name or firm.name or partner.display_name
            )

    @api.depends("reminder_company_id")
    def _compute_reminder_contact(self):
        for task in self:
            company = task.reminder_company_id
            task.reminder_contact = company.phone or company.email or company.name

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
