import re

from odoo import api, models

from ...tools.errors import ReminderError

#: What is filled in of a template, whatever its form.
TEXT_FIELDS = ("subject", "body", "body_html", "email_cc", "reply_to")
#: A value that a template fills in, such as ``object.partner_id.name``.
PATH = re.compile(r"\bobject(?:\.\w+)+")


class CrmTaskReminderChannel(models.AbstractModel):
    """How a reminder gets to its recipient; one model per form inherits from it.

    A channel turns deliveries into what Odoo sends anyway: a message on the task, a
    notification with the receipt, and a mail or an SMS. It does not decide who gets
    what, and writes no state of the ledger: that is the service's part.

    To add one: a model that is named after this one and the value of the lines'
    ``channel`` and inherits from this one, and the field of the template on
    ``crm.task.reminder.mixin`` together with the value. Reasons of its own are added
    to the log's, and to Odoo's notification the value as a type.
    """

    _name = "crm.task.reminder.channel"
    _description = "Task Reminder Channel"

    #: Value of the reminder's ``channel``.
    _channel = None
    #: Field of a line that holds the template of this form.
    _template_field = None
    #: External ids of the templates that lines start with, by audience.
    _standard_templates = {}
    #: Class of the icon that stands for the form.
    _icon = None
    #: QWeb template that shows a message to who looks at it beforehand.
    _preview_template = None
    #: What the status of Odoo's notification means: a state of the ledger.
    _notification_states = {}
    #: What a failure of Odoo's notification means: a reason of the ledger.
    _failure_reasons = {}
    #: Reasons of its own that tell how a company is set up, which is for its people.
    _set_up_reasons = ()
    #: Field of a company that says which form to take where this one is not possible.
    _second_way_field = None
    #: Reasons for which this form is not possible, whoever found them out.
    _second_way_reasons = frozenset()
    #: Field of a company: minutes in which a receipt is to come; 0 or None: any time.
    _receipt_minutes_field = None
    #: Messages in hand at once while they are handed over.
    _portion = None
    #: Whether ``_send`` itself marks each message before and after it leaves; a whole
    #: portion is in doubt when a worker dies otherwise.
    _marks_each = False

    @api.model
    def _get_standard_template(self, audience, moment="before"):
        """Return the template that lines start with, an empty recordset if it is gone.

        That for another moment than before the start has the external id of that one,
        with the moment behind it.

        :param str audience: ``customer`` or ``operator``
        :param str moment: one of ``MOMENTS``
        """
        name = self._standard_templates.get(audience)
        if name and moment != "before":
            name = f"{name}_{moment}"
        template = name and self.env.ref(name, raise_if_not_found=False)
        templates = self.env["crm.task.reminder.mixin"][self._template_field]
        return template or templates.browse()

    @api.model
    def _get_second_way(self, company, reason=None):
        """Return the channel to take where this one can't reach somebody.

        :param res.company company:
        :param str reason: one of ``REASONS``; whatever it is unless given
        :return crm.task.reminder.channel | None: None where the company wants none
        """
        channels = self.env["crm.task.reminder.mixin"]._get_channels()
        for name, reasons in self._list_second_ways(company):
            if name in channels and (reason is None or reason in reasons):
                return channels[name]
        return None

    @api.model
    def _list_second_ways(self, company):
        """Return which forms a company takes for which reasons.

        :return list[tuple[str | bool, set[str]]]: values of lines' ``channel``, False
            where it takes none
        """
        reasons = {*self._second_way_reasons}
        if company.reminder_second_way_blacklisted:
            reasons.add("blacklisted")
        field = self._second_way_field
        return [(field and company[field], reasons)]

    @api.model
    def _get_second_ways(self):
        """Return the other channels, as the values of ``_second_way_field``."""
        channels = self.env["crm.task.reminder"]._fields["channel"]
        labels = channels._description_selection(self.env)
        return [(name, label) for name, label in labels if name != self._channel]

    @api.model
    def _prepare_preview(self, content):
        """Return what ``_preview_template`` needs beside the content.

        :param dict content: as ``_render`` returns it for a task
        :return dict:
        """
        return {}

    # ------------------------------------------------------------------
    # What differs between the channels
    # ------------------------------------------------------------------

    @api.model
    def _check_set_up(self, company):
        """Check that the company can send in this form.

        :raise ReminderError: with the reason when it can't
        """

    @api.model
    def _get_addresses(self, recipient):
        """Return the recipient's addresses in the form that is handed over.

        :param Recipient recipient:
        :return list[str]: at least one
        :raise ReminderError: when there is none, or none that is valid
        """
        raise NotImplementedError()

    @api.model
    def _get_active_addresses(self, recipient):
        """Return the addresses of a recipient who is not archived.

        :param Recipient recipient:
        :return list[str]: at least one
        :raise ReminderError: when the recipient can't be reached
        """
        if not recipient.active:
            raise ReminderError("archived")
        return self._get_addresses(recipient)

    @api.model
    def _get_blacklisted(self, addresses):
        """Return those of the addresses that are on a blacklist of the form.

        :param list[str] addresses:
        :return set[str]:
        """
        return set()

    @api.model
    def _render(self, template, tasks):
        """Return the content per task, rendered in the context's language and zone.

        :param template: ``mail.template`` or ``sms.template``, as the sender
        :param project.task tasks: as the sender
        :return dict[int, dict]: task id → parts of the content
        """
        raise NotImplementedError()

    @api.model
    def _render_carefully(self, template, tasks):
        """Render, but read before what Odoo fills in without compiling a template.

        It takes a value that fails with a KeyError for an empty one there, and would
        send a text with a hole in it. A text that is nothing but a hole is no better.

        :raise KeyError: a value can't be read
        :raise ReminderError: there is nothing to be read in what the template says
        """
        texts = [template[name] for name in TEXT_FIELDS if name in template._fields]
        paths = set(PATH.findall(" ".join(filter(None, texts))))
        for path in paths & set(tasks.mail_allowed_qweb_expressions()):
            # of one task: what has to be computed, Odoo computes for all at once
            tasks[:1].mapped(path.removeprefix("object."))
        contents = self._render(template, tasks)
        if any(map(self._is_blank, contents.values())):
            raise ReminderError("template_error", self.env._("the text is empty"))
        return contents

    @api.model
    def _is_blank(self, content):
        """Tell whether there is nothing to be read in what a template says.

        :param dict content: as ``_render`` returns it for a task
        """
        return False

    @api.model
    def _personalise(self, company, delivery):
        """Change the content of one delivery, which no other shares.

        :param res.company company:
        :param Delivery delivery: with its content rendered
        """

    @api.model
    def _list_copies(self, content):
        """Return the addresses that get the same without being reminded.

        :param dict content: of one delivery
        :return list[str]:
        """
        return []

    @api.model
    def _format_sender(self, company, audience):
        """Return the sender's address with the name that the readers are to see.

        :param res.company company:
        :param str audience: ``customer`` or ``operator``
        """
        return company.reminder_user_id.partner_id.email_formatted

    @api.model
    def _prepare_message(self, company, delivery):
        """Return what the chatter's message has of its own in this form."""
        raise NotImplementedError()

    @api.model
    def _create_outgoing(self, company, deliveries, messages):
        """Create what goes out, where it is not the message itself: mails or SMS.

        :return list[dict]: the values of each delivery's ``mail.notification``
        """
        return list(map(self._prepare_receipt, deliveries, messages))

    @api.model
    def _prepare_receipt(self, delivery, message):
        """Return the values of a delivery's ``mail.notification``."""
        return {
            "author_id": message.author_id.id,
            "mail_message_id": message.id,
            "res_partner_id": delivery.recipient.partner.id,
            "notification_type": self._channel,
            "notification_status": "ready",
            "is_read": True,
        }

    @api.model
    def _send_test(self, company, recipient, address, content):
        """Send a content at once, outside of the queue, the chatter and the ledger.

        :param res.company company: whose account and sender are used
        :param Recipient recipient: the user who asked for it
        :param str address: the recipient's
        :param dict content: as ``_render`` returns it for a task
        :raise ReminderError: when it was refused
        """
        raise NotImplementedError()

    @api.model
    def _get_outgoing(self, rows):
        """Return what goes out for ledger rows, as far as it still exists."""
        return rows.message_id

    @api.model
    def _filter_outgoing(self, rows):
        """Return the ledger rows for which something still goes out."""
        return rows.filtered("message_id")

    @api.model
    def _reset(self, rows):
        """Make what goes out for ledger rows ready to be handed over once more."""

    @api.model
    def _withdraw(self, rows):
        """Cancel what goes out for ledger rows, with their receipts.

        Odoo's general queues would find mails and SMS otherwise once the addon is
        uninstalled.
        """
        rows.notification_id.write({"notification_status": "canceled"})
