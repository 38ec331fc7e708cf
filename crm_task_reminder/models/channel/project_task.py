import re

from odoo import api, fields, models
from odoo.tools import format_datetime, posix_to_ldml
from odoo.tools.misc import babel_locale_parse, get_lang

from ...tools import schedule

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
    reminder_contact = fields.Char(
        string="Contact for Questions",
        compute="_compute_reminder_contact",
        compute_sudo=True,  # a company's phone number and address are no secret
        help="The company's phone, else its e-mail address or name; for templates.",
    )

    @api.depends("planned_date_begin", "reminder_company_id")
    @api.depends_context("lang", "tz", "uid")
    def _compute_reminder_start(self):
        lang = get_lang(self.env)
        locale = babel_locale_parse(lang.code)
        time_format = SECONDS.sub("", lang.time_format)
        pattern = posix_to_ldml(f"{lang.date_format} {time_format}", locale=locale)
        tz = self.env.context.get("tz") or self.env.user.tz or "UTC"
        for (start, company), tasks in self.grouped(
            lambda task: (task.planned_date_begin, task.reminder_company_id)
        ).items():
            text = format_datetime(self.env, start, tz=tz, dt_format=pattern)
            zone = self._get_reminder_zone_name(start, company, tz)
            tasks.reminder_start = f"{text} ({zone})" if zone else text

    @api.model
    def _get_reminder_zone_name(self, start, company, tz):
        """Return how to call the zone ``tz`` where its time is not the company's."""
        if not start:
            return ""
        local = schedule.to_local(start, tz)
        company_local = schedule.to_local(start, company._get_reminder_tz())
        if local.utcoffset() == company_local.utcoffset():
            return ""
        return tz.rpartition("/")[2].replace("_", " ")

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
            "object.reminder_contact",
            "object.reminder_company_id.name",
        )
