from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import groupby

from ..tools.delivery import Delivery, Refusal
from ..tools.errors import ReminderError
from ..tools.language import name_language


class CrmTaskReminderPreview(models.TransientModel):
    """A reminder as its recipients will read it, before it is sent."""

    _name = "crm.task.reminder.preview"
    _description = "Task Reminder Preview"

    reminder_id = fields.Many2one(
        "crm.task.reminder", required=True, readonly=True, ondelete="cascade"
    )
    channel = fields.Selection(related="reminder_id.channel", related_sudo=False)
    due_text = fields.Char(related="reminder_id.due_text", related_sudo=False)
    content = fields.Html(
        compute="_compute_content", sanitize=False, string="What They Will Read"
    )

    @api.depends("reminder_id")
    @api.depends_context("lang")
    def _compute_content(self):
        self.content = False
        for preview in self.filtered(lambda one: one._has_subject()):
            try:
                deliveries, refusals = preview._prepare_deliveries()
            except ReminderError as error:
                deliveries, refusals = [], [Refusal(preview.reminder_id, error)]
            preview.content = self.env["ir.qweb"]._render(
                "crm_task_reminder.preview",
                {
                    "messages": preview._list_messages(deliveries),
                    "problems": list(map(preview._describe_refusal, refusals)),
                },
            )

    @api.constrains("reminder_id")
    def _check_reminder(self):
        """Refuse a reminder that the user may not read: its name would be told."""
        if reminders := self.reminder_id._origin:
            reminders.sudo(False).check_access("read")

    def _update_cache(self, values, validate=True):
        """Refuse it also on a form, where its name is told as well."""
        result = super()._update_cache(values, validate)
        if "reminder_id" in values:
            self._check_reminder()
        return result

    def _has_subject(self):
        """Tell whether it is known what is to be looked at: not of an empty form."""
        return bool(self.reminder_id)

    def _prepare_deliveries(self):
        """Return the messages as the service would send them, and what stands against.

        What keeps the reminder from being sent just now does not keep it from being
        read.

        :return tuple[list[Delivery], list[Refusal]]: messages with their content
        :raise ReminderError: there is no text
        """
        self.ensure_one()
        # a form names any, as a copy for which nobody is refused
        named = self.reminder_id._origin
        named.check_access("read")
        named._check_company_access()
        # sudo: the sender's account and rights are used, as when it is sent
        reminder = named.sudo()
        # sudo: to decide reads the company's settings, which not every reader may read
        decision = self.env["crm.task.reminder.decision"].sudo()
        if error := decision._find_writing_obstacle(reminder):
            raise error
        deliveries, refusals = decision._resolve(reminder)
        deliveries = deliveries or [self._make_example(reminder, refusals)]
        self._render(deliveries)
        _planned, late = decision._plan(deliveries)
        refusals += late
        if error := decision._find_obstacle(reminder):
            refusals.insert(0, Refusal(reminder, error))
        return deliveries, refusals

    @api.model
    def _make_example(self, reminder, refusals):
        """Return a delivery without an address, for a text that reaches nobody yet.

        :param crm.task.reminder reminder: as superuser
        :param list[Refusal] refusals: why nobody is reached
        """
        recipients = [one.recipient for one in refusals if one.recipient]
        recipient = recipients[0] if recipients else self._get_reader(reminder)
        return Delivery(
            reminder,
            recipient,
            reminder._get_channel(),
            "",
            reminder._get_template(),
            reminder._get_anchor(),
        )

    @api.model
    def _get_reader(self, reminder):
        """Return the user as a recipient of the reminder.

        :param crm.task.reminder reminder: as superuser
        :return Recipient:
        """
        # sudo: one's own address is one's own to read
        user = self.env.user.sudo()
        return reminder.task_id._make_reminder_user_recipient(reminder.company_id, user)

    def _render(self, deliveries):
        """Fill the content of the deliveries, with no more rights than the reader has.

        Who may edit templates can read by one whatever there is, in Odoo's own preview
        as well. Others have it rendered with their own rights.
        """
        # sudo: who may read the reminder need not read the company's settings
        company = self.reminder_id.sudo().company_id
        reader = self.env.user
        if reader.has_group("mail.group_mail_template_editor"):
            reader = None
        queue = self.env["crm.task.reminder.queue"].sudo()
        decision = self.env["crm.task.reminder.decision"].sudo()
        for channel, members in decision._group_by_channel(deliveries):
            queue._render(company, channel, members, reader)

    def _list_messages(self, deliveries):
        """Return what there is to read: one entry per text, language and zone.

        :param list[Delivery] deliveries: with their content
        :return list[dict]:
        """

        def key(delivery):
            content = delivery.content
            return delivery.recipient.lang, delivery.recipient.tz, str(content)

        nobody = self.env._("Nobody gets it as things are. It would read:")
        return [
            {
                "recipients": [
                    self._name_recipient(member) if member.address else nobody
                    for member in members
                ],
                "language": name_language(self.env, lang),
                "tz": tz.replace("_", " "),
                "template": members[0].channel._preview_template,
                **members[0].content,
                **members[0].channel._prepare_preview(members[0].content),
            }
            for (lang, tz, _text), members in groupby(deliveries, key=key)
        ]

    def _name_recipient(self, delivery):
        """Return name and address of a recipient, as far as the reader may know them.

        :param Delivery delivery:
        """
        recipient = delivery.recipient
        name, is_open = self.env["crm.task.reminder"]._disclose(
            recipient.name, recipient.partner, recipient.employee
        )
        return f"{name} {delivery.address}" if is_open else name

    def _describe_refusal(self, refusal):
        """Return name and reason of somebody who gets nothing, as the reader may know.

        :param Refusal refusal:
        """
        error, recipient = refusal.error, refusal.recipient
        words, is_open = [], True
        if recipient:
            name, is_open = self.env["crm.task.reminder"]._disclose(
                recipient.name, recipient.partner, recipient.employee
            )
            # with the address where only one of several is refused
            words = [name, refusal.address if is_open else ""]
        known = error if is_open else ReminderError(error.reason)
        return {
            "name": " ".join(filter(None, words)),
            "text": self.env["crm.task.reminder.log"]._explain(known),
        }

    def action_send_test(self):
        """Send what the recipients will read to the user, marked as a test."""
        self.reminder_id.check_access("write")
        # sudo: the sender's account is used
        reminder = self.reminder_id.sudo()
        return self._send_tests(reminder.company_id, self._get_reader(reminder))

    def _send_tests(self, company, recipient):
        """Send each different text to the user; return an action that says so.

        What has left is there and counts, also where a later one is refused.

        :param res.company company: as superuser, in whose name
        :param Recipient recipient: the user
        """
        sent, problem = [], ""
        try:
            deliveries, _refused = self._prepare_deliveries()
            tests = [*{str(one.content): one for one in deliveries}.values()]
            addresses = []
            for one in tests:
                one.channel._check_set_up(company)
                addresses.append(one.channel._get_active_addresses(recipient)[0])
            self.env["crm.task.reminder.trial"]._take(company, tests)
            for one, address in zip(tests, addresses, strict=True):
                one.channel._send_test(company, recipient, address, one.content)
                sent.append(address)
        except ReminderError as error:
            reason = self.env["crm.task.reminder.log"]._explain(error)
            if not sent:
                raise UserError(
                    self.env._("The test could not be sent. %s.", reason)
                ) from error
            problem = self.env._("Not sent: %s.", reason)
        company._note_reminder_test()
        addresses = ", ".join(dict.fromkeys(sent))
        words = [self.env._("A test was sent to %s.", addresses), problem]
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if problem else "success",
                "message": " ".join(filter(None, words)),
            },
        }
