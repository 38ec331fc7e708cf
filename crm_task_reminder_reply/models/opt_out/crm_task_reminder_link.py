import re
from contextlib import suppress
from dataclasses import replace

from odoo import fields, models
from odoo.addons.crm_task_reminder.tools.errors import ReminderError
from odoo.tools.mail import email_normalize_all

SCOPES = [
    ("task", "This appointment"),
    ("form", "This form"),
    ("all", "All"),
]


class CrmTaskReminderLink(models.Model):
    """A customer who wants no more reminders, and changes that again."""

    _inherit = "crm.task.reminder.link"

    opted_out = fields.Selection(SCOPES, help="What its reader does not want any more.")
    opted_out_at = fields.Datetime()
    opted_out_addresses = fields.Json(
        help="Which addresses that has put onto a blacklist, by their form."
    )

    def _prepare_stop_page(self, problem=""):
        """Return what the page needs on which one asks for no more reminders.

        :param str problem: why what was chosen could not be taken
        """
        self.ensure_one()
        labels = {
            "task": self.env._("No more reminders of this appointment"),
            "form": self._get_channel()._describe_opt_out(),
            "all": self.env._("No more reminders at all"),
        }
        is_staff = self._is_staff_address(self.address)
        offered = ["task"] if is_staff else [one for one in labels if labels[one]]
        asked = self._find_opt_outs().mapped("opted_out")
        # the widest of them
        opted_out = next((one for one in reversed(labels) if one in asked), "")
        is_undone = not opted_out and self.opted_out_at and not self._is_blacklisted()
        return {
            "title": self._get_title(),
            "when": False,
            "where": False,
            "choices": [(scope, labels[scope]) for scope in offered],
            "opted_out": opted_out,
            "opted_out_label": labels.get(opted_out) or "",
            "is_undone": is_undone,
            "problem": problem,
            "nonce": self._make_nonce(),
            **self._prepare_company_page(self.company_id),
        }

    def _find_opt_outs(self):
        """Return the links by which what counts for this one was asked for.

        Each message has a link of its own; the customer need not find the one by which
        it was asked for.
        """
        self.ensure_one()
        asked = self.search(
            [("partner_id", "=", self.partner_id.id), ("opted_out", "!=", False)]
        )
        is_blacklisted = self._is_blacklisted()

        # an address that somebody has taken off the blacklist is written to again
        mine = self.channel, self.address
        counting = {
            "task": lambda link: link.task_id == self.task_id,
            "form": lambda link: (
                is_blacklisted and (link.channel, link.address) == mine
            ),
            "all": lambda _link: is_blacklisted,
        }

        return asked.filtered(lambda link: counting[link.opted_out](link))

    def _is_blacklisted(self):
        """Tell whether its address is on a blacklist, whoever has put it there."""
        return bool(self._get_channel()._get_blacklisted([self.address]))

    def _get_channel(self):
        return self.env["crm.task.reminder"]._get_channels()[self.channel]

    def _take_opt_out(self, scope, nonce):
        """Do what was chosen on the page.

        :param str scope: one of ``SCOPES``, or *undo*; anything, as it came
        :param str nonce: anything, as it came
        :return str: why it can't, in the reader's words; empty if it was done
        """
        self.ensure_one()
        if not self._check_nonce(nonce) or scope not in (*dict(SCOPES), "undo"):
            return self.env._("The page was open for too long. Please choose again.")
        if scope == "undo":
            self._opt_in()
            return ""
        asked = self._find_opt_outs().mapped("opted_out")
        if not asked or scope == "all":
            self._opt_out(scope)
        elif scope not in asked and "all" not in asked:
            # from a page of before, which one choice would take the place of the other
            return self.env._("The page was open for too long. Please choose again.")
        return ""

    def _opt_out(self, scope):
        """Send its reader nothing more, as far as that goes.

        :param str scope: one of ``SCOPES``
        """
        self._opt_in()
        self._add_opt_out(scope)

    def _add_opt_out(self, scope):
        """Send its reader still less; what was asked for before stays.

        Addresses of the staff are put onto no blacklist: they are needed for work.

        :param str scope: one of ``SCOPES``
        """
        wanted = {
            name: [one for one in addresses if not self._is_staff_address(one)]
            for name, addresses in self._get_scope_addresses(scope).items()
        }
        channels = self.env["crm.task.reminder"]._get_channels()
        added = dict(self.opted_out_addresses or {})
        for name, addresses in wanted.items():
            channel = channels[name]
            # what somebody else has put there is not for the customer to take off
            known = channel._get_blacklisted(addresses) if addresses else set()
            new = [one for one in addresses if one not in known]
            channel._put_on_blacklist(new, self._write_opt_out_note())
            added[name] = [*added.get(name, []), *new]
        is_reached = any(wanted.values())
        self.write(
            {
                "opted_out": self.opted_out or (scope if is_reached else "task"),
                "opted_out_at": fields.Datetime.now(),
                "opted_out_addresses": added,
            }
        )

    def _opt_in(self):
        """Take back what was asked for, by this link or another that counts for it."""
        channels = self.env["crm.task.reminder"]._get_channels()
        links = self | self._find_opt_outs()
        for link in links:
            for name, addresses in (link.opted_out_addresses or {}).items():
                if addresses and name in channels:
                    note = self._write_opt_out_note()
                    channels[name]._take_off_blacklist(addresses, note)
        links.write(
            {
                "opted_out": False,
                "opted_out_at": fields.Datetime.now(),
                "opted_out_addresses": False,
            }
        )

    def _get_scope_addresses(self, scope):
        """Return the addresses that a choice is about.

        :param str scope: one of ``SCOPES``
        :return dict[str, list[str]]: form → addresses
        """
        if scope == "form":
            return {self.channel: [self.address]}
        if scope != "all":
            return {}
        channels = self.env["crm.task.reminder"]._get_channels()
        return {
            name: self._list_own_addresses(channel)
            for name, channel in channels.items()
        }

    def _list_own_addresses(self, channel):
        """Return where a form reaches the customer: for this task, and for others.

        :return list[str]: in which each is once
        """
        found = []
        for recipient in self._list_own_recipients():
            with suppress(ReminderError):
                found += channel._get_addresses(recipient)
        return list(dict.fromkeys(found))

    def _list_own_recipients(self):
        """Return the customer as this task and others reach it.

        :return list[Recipient]:
        """
        recipients = []
        for task in self.task_id | self._find_tasks_with_number():
            with suppress(ReminderError):
                recipients += task._get_reminder_recipients("customer", self.company_id)
        # a task may have a number of its own
        own = {"phone": self.partner_id.phone, "email": self.partner_id.email}
        return recipients + [replace(one, **own) for one in recipients[:1]]

    def _find_tasks_with_number(self):
        """Return the customer's tasks to come that have a number of their own."""
        return self.task_id.search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("company_id", "in", (False, self.company_id.id)),
                ("reminder_phone", "!=", False),
                ("is_closed", "=", False),
            ]
        )

    def _is_staff_address(self, address):
        """Tell whether an address is one of somebody who works here.

        Numbers and addresses of employees stand on no contact.

        :param str address: as it is handed over
        """
        users = self.env["res.users"].search([("share", "=", False)])
        employees = self.env["hr.employee"].search([("active", "=", True)])
        people = users.partner_id | employees.work_contact_id
        emails = [*people.mapped("email"), *employees.mapped("work_email")]
        if any(address in email_normalize_all(email or "") for email in emails):
            return True
        numbers = [(person.phone, person.country_id) for person in people]
        for employee in employees:
            country = employee.company_id.country_id
            numbers += [
                (number, country)
                for number in (employee.mobile_phone, employee.work_phone)
            ]
        return any(self._is_same_number(address, *number) for number in numbers)

    def _is_same_number(self, address, number, country):
        """Tell whether a number is the one of an address, however it is written.

        :param str address: as it is handed over
        :param str | False number: as somebody has typed it
        :param res.country country: to which it belongs if it does not say so
        """
        # to read a number is slow, to compare its end is not
        ends = {re.sub(r"\D", "", one)[-6:] for one in (address, number or "")}
        if not number or len(ends) > 1:
            return False
        contacts = self.env["res.partner"]
        for place in (country, self.env.company.country_id):
            if contacts._phone_format(number=number, country=place) == address:
                return True
        return False

    def _write_opt_out_note(self):
        """Return how an address came onto a blacklist, or off it, for who looks."""
        company = self.company_id
        note = self.with_context(
            lang=self.task_id._get_reminder_lang(company.partner_id.lang)
        )
        return note.env._(
            "By the link in a reminder of %(company)s that was sent to %(address)s.",
            company=company.name,
            address=self.address,
        )
