from odoo import api, fields, models
from odoo.tools import SQL, plaintext2html

from ...tools.transaction import execute
from ..company.res_company import STAFF

TROUBLE_ACTIVITY = "crm_task_reminder.mail_activity_type_trouble"


class ResCompany(models.Model):
    """What of a company the service needs: its limit, its turn, its trouble."""

    _inherit = "res.company"

    reminder_hourly_limit = fields.Integer(
        string="Messages per hour",
        help="At most this many reminders leave in an hour, the others follow in the "
        "next one. 0: no limit.",
        groups=STAFF,
    )

    reminder_address_hourly_limit = fields.Integer(
        string="To one address per hour",
        default=20,
        help="At most this many reminders go to one phone number or e-mail address in "
        "an hour, the others follow later. 0: no limit.",
        groups=STAFF,
    )
    reminder_address_daily_limit = fields.Integer(
        string="To one address per day",
        default=50,
        help="At most this many reminders go to one phone number or e-mail address in "
        "24 hours, the others follow later. 0: no limit.",
        groups=STAFF,
    )

    def write(self, vals):
        switched_off = self.browse()
        if "reminder_enabled" in vals and not vals["reminder_enabled"]:
            switched_off = self.filtered("reminder_enabled")
        result = super().write(vals)
        if switched_off:
            # What is more than a person would like to wait for, the service drops.
            # sudo: whoever may switch the reminders off need not see messages
            look = self.env["crm.task.reminder.second.look"].sudo()
            look._drop_queued(switched_off)
        return result

    def _configure_reminders(self, settings, password=False):
        result = super()._configure_reminders(settings, password)
        # sudo: whoever may configure reminders need not have access to the activities
        # of a company's contact
        company = self.sudo()
        if not company.reminder_enabled or not company._get_reminder_trouble():
            company._end_reminder_trouble()
        return result

    @api.model
    def _get_reminder_limits(self):
        return [
            *super()._get_reminder_limits(),
            "reminder_hourly_limit",
            "reminder_address_hourly_limit",
            "reminder_address_daily_limit",
        ]

    def _take_reminder_turn(self):
        """Let one worker at a time do what takes account of the others.

        It lasts until the end of the transaction. To be called under ``retry``: a
        worker that does not see yet what another has done in its turn gets a conflict.

        :return bool: whether it is one's turn; another worker has it otherwise
        """
        query = SQL(
            """
            UPDATE res_company
               SET reminder_hourly_limit = reminder_hourly_limit
             WHERE id IN (
                   SELECT id
                     FROM res_company
                    WHERE id = %s
                      FOR NO KEY UPDATE SKIP LOCKED
             )
         RETURNING id
            """,
            self.id,
        )
        return bool(execute(self.env, query))

    # ------------------------------------------------------------------
    # What keeps the company from sending
    # ------------------------------------------------------------------

    def _describe_reminder_trouble(self):
        """Return in words what keeps the company from sending, if anything does."""
        reasons = self.env["crm.task.reminder.log"]._fields["reason"]
        labels = dict(reasons._description_selection(self.env))
        return labels.get(self._get_reminder_trouble(), "")

    def _describe_reminder_obstacle(self):
        """Return in words what keeps the service from sending for the company."""
        # sudo: whoever asks need not read the scheduled actions
        workers = self.env["ir.cron"].sudo()._get_reminder_workers()
        if not any(workers.mapped("active")):
            return self.env._("The service that sends reminders is switched off.")
        return self._describe_reminder_trouble()

    def _note_reminder_trouble(self):
        """Give an administrator one activity about what keeps the company from sending.

        It stays one, with the present reason, until the trouble is over.
        """
        activities = self.partner_id.activity_search([TROUBLE_ACTIVITY])
        reader = activities.user_id[:1] or self._get_reminder_administrator()
        company = self.with_context(lang=reader.lang, mail_activity_quick_update=True)
        note = company._prepare_reminder_trouble_note()
        activities.note = note
        if reader and not activities:
            company.partner_id.activity_schedule(
                TROUBLE_ACTIVITY, note=note, user_id=reader.id
            )

    def _prepare_reminder_trouble_note(self):
        text = self.env._(
            "No reminders of tasks are sent for %(company)s. %(reason)s.",
            company=self.name,
            reason=self._describe_reminder_trouble(),
        )
        return plaintext2html(text)

    def _end_reminder_trouble(self):
        """Remove the activity about what kept the company from sending."""
        self.partner_id.activity_unlink([TROUBLE_ACTIVITY])

    def _get_reminder_administrator(self):
        """Return the administrator who is told of trouble, one of the company first."""
        administrators = self.env.ref("base.group_system").all_user_ids
        administrators = administrators.filtered("active").sorted("id")
        own = administrators.filtered(lambda user: self in user.company_ids)
        return (own or administrators)[:1]

    # ------------------------------------------------------------------
    # What its messages share
    # ------------------------------------------------------------------

    def _prepare_reminder_messages(self):
        """Return the values that all messages of the company share."""
        self.ensure_one()
        author = self.reminder_user_id.partner_id
        return {
            "author_id": author.id,
            "email_from": author.email_formatted,
            "subtype_id": self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_note"),
            "is_internal": True,
            "email_add_signature": False,
            "record_company_id": self.id,
            "record_alias_domain_id": self.alias_domain_id.id,
        }
