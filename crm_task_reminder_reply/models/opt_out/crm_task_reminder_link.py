from contextlib import suppress

from odoo import fields, models
from odoo.addons.crm_task_reminder.tools.errors import ReminderError

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
        is_staff = self._is_staff_address(self.address)
        labels = {
            "task": self.env._("No more reminders of this appointment"),
            "form": not is_staff and self._get_channel()._describe_opt_out(),
            "all": not is_staff and self.env._("No more reminders at all"),
        }
        return {
            "title": self._get_title(),
            "when": False,
            "where": False,
            "choices": [(scope, label) for scope, label in labels.items() if label],
            "opted_out": self.opted_out or "",
            "opted_out_label": labels.get(self.opted_out) or "",
            "problem": problem,
            "nonce": self._make_nonce(),
            **self._prepare_company_page(self.company_id),
        }

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
        else:
            self._opt_out(scope)
        return ""

    def _opt_out(self, scope):
        """Send its reader nothing more, as far as that goes.

        Addresses of the staff are put onto no blacklist: they are needed for work.

        :param str scope: one of ``SCOPES``
        """
        self._opt_in()
        wanted = {
            name: [one for one in addresses if not self._is_staff_address(one)]
            for name, addresses in self._get_scope_addresses(scope).items()
        }
        channels = self.env["crm.task.reminder"]._get_channels()
        added = {}
        for name, addresses in wanted.items():
            channel = channels[name]
            # what somebody else has put there is not for the customer to take off
            known = channel._get_blacklisted(addresses) if addresses else set()
            added[name] = [one for one in addresses if one not in known]
            channel._put_on_blacklist(added[name], self._write_opt_out_note())
        is_reached = any(wanted.values())
        self.write(
            {
                "opted_out": scope if is_reached else "task",
                "opted_out_at": fields.Datetime.now(),
                "opted_out_addresses": added,
            }
        )

    def _opt_in(self):
        """Take back what was asked for by this link, and nothing else."""
        channels = self.env["crm.task.reminder"]._get_channels()
        for name, addresses in (self.opted_out_addresses or {}).items():
            if addresses and name in channels:
                note = self._write_opt_out_note()
                channels[name]._take_off_blacklist(addresses, note)
        self.write(
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
        addresses = {}
        if scope == "all":
            for name, channel in self.env["crm.task.reminder"]._get_channels().items():
                for recipient in self._get_recipients():
                    with suppress(ReminderError):
                        addresses[name] = channel._get_addresses(recipient)
        return addresses

    def _is_staff_address(self, address):
        """Tell whether an address is one of somebody who works here.

        :param str address: as it is handed over
        """
        people = self.env["res.partner"].search(
            [
                "|",
                ("email_normalized", "=", address),
                ("phone_sanitized", "=", address),
            ]
        )
        return bool(people.user_ids.filtered(lambda user: not user.share)) or bool(
            people.employee_ids
        )

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
