from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ....ledger.crm_task_reminder_log import MAX_RETENTION_DAYS
from ....sending.ir_cron import SERVICE_STATES


class CrmTaskReminderSettingsMixin(models.AbstractModel):
    """The bottom of the window: how the service does, and its set-up."""

    _inherit = "crm.task.reminder.settings.mixin"

    reminder_service_state = fields.Selection(
        SERVICE_STATES,
        string="State of the Service",
        compute="_compute_reminder_service",
        compute_sudo=True,
    )
    reminder_service_error = fields.Char(
        string="Last Error of the Service",
        compute="_compute_reminder_service",
        compute_sudo=True,
    )
    reminder_last_run = fields.Datetime(
        string="Last Run of the Service",
        compute="_compute_reminder_service",
        compute_sudo=True,
    )
    reminder_next_run = fields.Datetime(
        string="Next Run of the Service",
        compute="_compute_reminder_service",
        compute_sudo=True,
    )
    reminder_due_count = fields.Integer(
        string="Reminders Due Now",
        compute="_compute_reminder_counts",
        compute_sudo=True,
    )
    reminder_failed_count = fields.Integer(
        string="Reminders Failed in 24 Hours",
        compute="_compute_reminder_counts",
        compute_sudo=True,
    )
    reminder_hosted = fields.Boolean(
        compute="_compute_reminder_hosted", compute_sudo=True
    )

    # technical, for administrators
    reminder_worker_count = fields.Integer(
        string="Parallel workers for reminders",
        compute="_compute_reminder_technical",
        inverse="_inverse_reminder_worker_count",
        groups="base.group_system",
        help="How many of Odoo's workers send reminders at the same time: 1 to 8. More "
        "need as many cron threads of the server.",
    )
    reminder_log_days = fields.Integer(
        string="Keep the reminder log for",
        compute="_compute_reminder_technical",
        inverse="_inverse_reminder_log_days",
        groups="base.group_system",
        help="Entries of the log are removed after so many days. 0 keeps all.",
    )

    @api.depends("company_id")
    def _compute_reminder_service(self):
        for settings in self:
            service = self.env["ir.cron"]._get_reminder_service_state(
                settings._get_reminder_window_company()
            )
            settings.reminder_service_state = service["state"]
            settings.reminder_service_error = service["error"]
            settings.reminder_last_run = service["last_run"]
            settings.reminder_next_run = service["next_run"]

    @api.depends("company_id")
    def _compute_reminder_counts(self):
        reminders = self.env["crm.task.reminder"]
        queue = self.env["crm.task.reminder.queue"]
        log = self.env["crm.task.reminder.log"]
        now = fields.Datetime.now()
        for settings in self:
            company = settings._get_reminder_window_company()
            settings.reminder_due_count = reminders.search_count(
                queue._get_due_domain(company, now)
            )
            settings.reminder_failed_count = log.search_count(
                [
                    ("company_id", "=", company.id),
                    ("operation", "!=", "service"),
                    ("state", "in", ("failed", "unconfirmed")),
                    ("write_date", ">", now - timedelta(days=1)),
                ]
            )

    @api.depends("company_id")
    def _compute_reminder_hosted(self):
        value = self.env["ir.config_parameter"].get_param("crm_task_reminder.hosted")
        self.reminder_hosted = str(value).lower() in ("1", "true", "yes")

    @api.depends("company_id")
    def _compute_reminder_technical(self):
        days = self.env["crm.task.reminder.log"]._get_retention_days()
        self.reminder_log_days = days
        workers = self.env["ir.cron"]._get_reminder_workers()
        self.reminder_worker_count = len(workers)

    def _inverse_reminder_worker_count(self):
        for settings in self:
            crons = self.env["ir.cron"]
            if settings.reminder_worker_count != len(crons._get_reminder_workers()):
                crons._set_reminder_worker_count(settings.reminder_worker_count)

    def _inverse_reminder_log_days(self):
        for settings in self:
            if not 0 <= settings.reminder_log_days <= MAX_RETENTION_DAYS:
                raise ValidationError(
                    self.env._(
                        "The log can be kept for 0 to %s days; 0 keeps it for ever.",
                        MAX_RETENTION_DAYS,
                    )
                )
            # as a text: Odoo takes the number 0 for "not set"
            self.env["ir.config_parameter"].set_param(
                "crm_task_reminder.log_days", str(settings.reminder_log_days)
            )

    def action_open_reminder_service(self):
        """Open the scheduled action, for those who may."""
        self.env["ir.cron"].check_access("read")
        cron = self.env["ir.cron"]._get_reminder_worker()
        return {
            "type": "ir.actions.act_window",
            "res_model": cron._name,
            "res_id": cron.id,
            "views": [(False, "form")],
        }
