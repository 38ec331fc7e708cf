from odoo import api, fields, models


class CrmTaskReminderSettingsMixin(models.AbstractModel):
    """The first steps in the window: what there is to do until the first reminder."""

    _inherit = "crm.task.reminder.settings.mixin"

    reminder_steps = fields.Html(
        string="First Steps",
        sanitize=False,  # it would drop aria-hidden; the HTML is from our own template
        compute="_compute_reminder_steps",
        compute_sudo=True,
    )

    @api.depends(
        "company_id",
        "reminder_enabled",
        "reminder_user_id",
        "reminder_password",
        "reminder_password_needed",
        "reminder_mail_server_id",
        "reminder_sms_ready",
        "reminder_customer_default",
        "reminder_operator_default",
        "reminder_default_customer_ids",
        "reminder_default_operator_ids",
    )
    @api.depends_context("lang")
    def _compute_reminder_steps(self):
        for settings in self:
            if settings._get_company()._has_sent_reminder():
                settings.reminder_steps = False
                continue
            settings.reminder_steps = self.env["ir.qweb"]._render(
                "crm_task_reminder.first_steps",
                {"steps": settings._list_reminder_steps()},
            )

    def _list_reminder_steps(self):
        """Return what there is to do until the first reminder, in this order.

        :return list[tuple[str, bool]]: the step in words, and whether it is done as the
            window has it now
        """
        self.ensure_one()
        operator = self.reminder_user_id and (
            not self.reminder_password_needed or self.reminder_password
        )
        has_preset = any(
            self[f"reminder_{audience}_default"]
            and self[f"reminder_default_{audience}_ids"]
            for audience in ("customer", "operator")
        )
        return [
            (self.env._("Switch the automatic reminders on."), self.reminder_enabled),
            (
                self.env._("Choose the operator: the user who will be the sender."),
                bool(operator),
            ),
            (
                self.env._("Choose the account that e-mails leave through."),
                bool(self.reminder_mail_server_id),
            ),
            (
                self.env._("Set SMS up, if you want to send any."),
                self.reminder_sms_ready,
            ),
            (
                self.env._("Prepare default reminders for customers or operators."),
                has_preset,
            ),
            (
                self.env._("Open a task that has a start, and send yourself a test."),
                bool(self._get_company().reminder_tested_at),
            ),
        ]
