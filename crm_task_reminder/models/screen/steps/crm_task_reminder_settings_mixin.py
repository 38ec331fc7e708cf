from odoo import api, fields, models

from ...line.crm_task_reminder_mixin import AUDIENCES

#: Where the tasks are, all that the user may see.
TASKS_URL = "/odoo/action-project.action_view_task"


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
            if settings._get_reminder_window_company()._has_sent_reminder():
                settings.reminder_steps = False
                continue
            settings.reminder_steps = settings._render_reminder_steps()

    def _render_reminder_steps(self, window_url=""):
        """Return the steps as HTML.

        :param str window_url: where the window is opened, if one is not in it
        """
        return self.env["ir.qweb"]._render(
            "crm_task_reminder.first_steps",
            {"steps": self._list_reminder_steps(window_url)},
        )

    def _list_reminder_steps(self, window_url):
        """Return what there is to do until the first reminder, in this order.

        :return list[tuple[str, bool, str]]: the step in words, whether it is done as
            the window has it now, and where it is done unless right here
        """
        company = self._get_reminder_window_company()
        provider = self.env["crm.task.reminder.sms.provider"]._find(company)
        return [
            (
                self.env._("Switch the automatic reminders on."),
                self.reminder_enabled,
                window_url,
            ),
            (
                self.env._("Choose the operator: the user who will be the sender."),
                self._has_reminder_sender(),
                window_url,
            ),
            (
                self.env._("Choose the account that e-mails leave through."),
                bool(self.reminder_mail_server_id),
                window_url,
            ),
            (
                self.env._("Set SMS up, if you want to send any."),
                self.reminder_sms_ready and provider._has_account(company),
                self._get_reminder_sms_url(provider),
            ),
            (
                self.env._("Prepare default reminders for customers or operators."),
                self._has_reminder_preset(),
                window_url,
            ),
            (
                self.env._("Open a task that has a start, and send yourself a test."),
                bool(company.reminder_tested_at),
                TASKS_URL,
            ),
        ]

    def _has_reminder_sender(self):
        """Tell whether the window has a sender, and the password if it needs one."""
        is_agreed = not self.reminder_password_needed or self.reminder_password
        return bool(self.reminder_user_id and is_agreed)

    def _has_reminder_preset(self):
        """Tell whether new tasks get reminders, as the window has it."""
        return any(
            self[f"reminder_{audience}_default"]
            and self[f"reminder_default_{audience}_ids"]
            for audience, _label in AUDIENCES
        )

    def _get_reminder_sms_url(self, provider):
        """Return where SMS are set up, an empty text for who may not do that.

        :param crm.task.reminder.sms.provider provider:
        """
        if not self.env.user.has_group("base.group_system"):
            return ""
        action = provider._action_open_set_up(self._get_reminder_window_company())
        return f"/odoo/action-{action['id']}" if action.get("id") else ""
