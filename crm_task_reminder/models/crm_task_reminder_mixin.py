from collections import Counter

from babel.units import format_unit

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.misc import babel_locale_parse, get_lang

from ..tools import schedule

AUDIENCES = [("customer", "Customers"), ("operator", "Operators")]
CHANNELS = [("sms", "SMS"), ("email", "E-mail")]
UNITS = [
    ("minutes", "minutes"),
    ("hours", "hours"),
    ("days", "days"),
    ("weeks", "weeks"),
]
#: The field that holds the template, per channel.
TEMPLATE_FIELDS = {"sms": "sms_template_id", "email": "mail_template_id"}


class CrmTaskReminderMixin(models.AbstractModel):
    """What a company's default line and a task's reminder have in common."""

    _name = "crm.task.reminder.mixin"
    _description = "Task Reminder Settings"

    audience = fields.Selection(AUDIENCES, required=True, default="customer")
    channel = fields.Selection(CHANNELS, string="Form", required=True, default="sms")
    sms_template_id = fields.Many2one(
        "sms.template",
        string="SMS Template",
        domain=[("model", "=", "project.task")],
        context={"default_model": "project.task"},
        ondelete="set null",
    )
    mail_template_id = fields.Many2one(
        "mail.template",
        string="E-mail Template",
        domain=[("model", "=", "project.task")],
        context={"default_model": "project.task"},
        ondelete="set null",
    )
    duration = fields.Integer(
        string="Time Before",
        required=True,
        default=1,
        help="How long before the start of the task the reminder is sent.",
    )
    duration_unit = fields.Selection(
        UNITS,
        string="Unit",
        required=True,
        default="days",
        help="Minutes and hours are exact. Days and weeks are counted on the calendar, "
        "so that 9:00 stays 9:00 when the clocks change.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_whole_duration(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_whole_duration(vals)
        return super().write(vals)

    @api.model
    def _check_whole_duration(self, vals):
        """Refuse what Odoo would cut down to a whole number without a word.

        So that the database can hold it, the number is no higher in any unit than the
        minutes of a year.
        """
        duration = vals.get("duration", 0)
        if duration is None or duration is False or duration == "":
            # Odoo would take it for 0, which is the start itself
            raise ValidationError(
                self.env._("How long before the start? The time is empty.")
            )
        try:
            is_whole = int(duration) == float(duration)
        except (OverflowError, TypeError, ValueError):
            is_whole = False
        if not is_whole:
            raise ValidationError(
                self.env._(
                    "The time before the start is a whole number, not %s.", duration
                )
            )
        self._check_maximum(abs(int(duration)), "minutes")

    @api.model
    def _check_maximum(self, duration, unit):
        if not schedule.fits_maximum(duration, unit):
            raise ValidationError(
                self.env._("A reminder can be sent at most one year before the start.")
            )

    @api.depends("channel", "duration", "duration_unit")
    @api.depends_context("lang")
    def _compute_display_name(self):
        channels = dict(self._fields["channel"]._description_selection(self.env))
        for reminder in self:
            channel = channels.get(reminder.channel, "")
            reminder.display_name = f"{channel}, {reminder._get_time_before_text()}"

    def _get_time_before_text(self):
        """Return the time before the start in words, such as “2 hours before”."""
        self.ensure_one()
        if not self.duration:
            return self.env._("at the start")
        locale = babel_locale_parse(get_lang(self.env).code)
        unit = f"duration-{self.duration_unit.removesuffix('s')}"
        span = format_unit(self.duration, unit, "long", locale=locale)
        return self.env._("%(span)s before", span=span)

    @api.model
    def _get_setting_fields(self):
        """Return the names of the fields that say what is sent, to whom and when."""
        return {
            "audience",
            "channel",
            "duration",
            "duration_unit",
            *TEMPLATE_FIELDS.values(),
        }

    def _get_template(self):
        """Return the template of the line's channel, an empty recordset if none.

        One that has been made over for another model since would write about whatever
        record of that model has the task's number.
        """
        self.ensure_one()
        template = self[TEMPLATE_FIELDS[self.channel]]
        # sudo: who sees a reminder need not have access to templates
        is_for_tasks = template.sudo().model == "project.task"
        return template if is_for_tasks else template.browse()

    def _get_channel(self):
        """Return the model that sends in the line's form."""
        self.ensure_one()
        return self.env[f"crm.task.reminder.channel.{self.channel}"]

    def _get_setting_key(self):
        """Return what two lines that remind alike have in common."""
        self.ensure_one()
        template = self._get_template()
        return self.audience, self.channel, self.duration, self.duration_unit, template

    def _get_setting_keys(self):
        """Return how many lines there are of each kind, in no order."""
        return Counter(line._get_setting_key() for line in self)

    def _prepare_reminders(self):
        """Return the values of a task's reminders made from these lines.

        :return list[dict]: values for ``create`` without the task
        """
        return [
            {
                name: self._fields[name].convert_to_write(line[name], line)
                for name in self._get_setting_fields()
            }
            for line in self
        ]

    @api.model
    def _get_standard_template(self, audience, channel):
        """Return the addon's own template, an empty recordset if it was deleted."""
        prefix = {"sms": "sms_template", "email": "mail_template"}[channel]
        template = self.env.ref(
            f"crm_task_reminder.{prefix}_{audience}", raise_if_not_found=False
        )
        return template or self[TEMPLATE_FIELDS[channel]].browse()

    def _get_proposed_template(self):
        """Return the template that a person is offered for a new line."""
        self.ensure_one()
        return self._get_standard_template(self.audience, self.channel)

    @api.onchange("channel")
    def _onchange_channel(self):
        for line in self.filtered(lambda line: not line._get_template()):
            line[TEMPLATE_FIELDS[line.channel]] = line._get_proposed_template()

    @api.constrains("duration", "duration_unit")
    def _check_duration(self):
        for line in self:
            if line.duration < 0:
                raise ValidationError(
                    self.env._(
                        "The time before the start can't be negative: %s.",
                        line.duration,
                    )
                )
            self._check_maximum(line.duration, line.duration_unit)

    @api.constrains(*TEMPLATE_FIELDS.values())
    def _check_template_model(self):
        for line in self:
            for field_name in TEMPLATE_FIELDS.values():
                # sudo: as in ``_get_template``
                template = line[field_name].sudo()
                if template and template.model != "project.task":
                    raise ValidationError(
                        self.env._(
                            "The template “%s” is not one for tasks.", template.name
                        )
                    )
