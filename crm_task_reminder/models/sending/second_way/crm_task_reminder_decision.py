from odoo import api, models

from ....tools.delivery import Refusal
from ....tools.errors import ReminderError


class CrmTaskReminderDecision(models.AbstractModel):
    """Who is reached in another form than the reminder's own."""

    _inherit = "crm.task.reminder.decision"

    @api.model
    def _find_gap(self, reminder, known):
        """Leave out what another form makes up for."""
        gap = super()._find_gap(reminder, known)
        if gap:
            second_way = self.env["crm.task.reminder.second.way"]
            channel = reminder._get_channel()
            if second_way._find(reminder.company_id, channel, gap.reason) is not None:
                return None
        return gap

    @api.model
    def _resolve(self, reminders, form=None):
        deliveries, refusals = super()._resolve(reminders, form)
        deliveries, impossible = self._split_impossible(deliveries)
        refusals += impossible
        second_way = self.env["crm.task.reminder.second.way"]
        others, hopeless = second_way._address(refusals)
        # the rows about what was not possible in the reminder's own form stay
        replaced = {id(one.instead_of): one.instead_of for one in others}
        return deliveries + others, hopeless + [*replaced.values()]

    @api.model
    def _filter_new(self, messages, deliveries):
        """Leave out who was told in another form: nobody gets both."""
        new = super()._filter_new(messages, deliveries)
        forms = {one.channel._channel for one in new}
        told = {form: messages._get_told_people(form) for form in forms}
        return [one for one in new if one.person not in told[one.channel._channel]]

    @api.model
    def _split_impossible(self, deliveries):
        """Split off what the set-up of a company does not allow, but another form does.

        :return tuple[list[Delivery], list[Refusal]]:
        """
        possible, refusals, gaps = [], [], {}
        for one in deliveries:
            company, channel = one.reminder.company_id, one.channel
            place = company, channel._channel
            if place not in gaps:
                is_open = channel._get_second_way(company) is not None
                gaps[place] = is_open and self._find_set_up_gap(company, channel)
            if gap := gaps[place]:
                refusals += [
                    Refusal(one.reminder, gap, recipient)
                    for recipient in (one.recipient, *one.others)
                ]
            else:
                possible.append(one)
        return possible, refusals

    @api.model
    def _find_row_recipients(self, row):
        """Return whom a message was for, as the task has them now.

        Who share its address have shared it, and need not share the second form's.

        :param crm.task.reminder.log row:
        :return list[Recipient]: empty if they are gone
        """
        reminder, channel = row.reminder_id, row._get_channel()
        try:
            recipients = reminder.task_id._get_reminder_recipients(
                reminder.audience, reminder.company_id
            )
        except ReminderError:
            return []
        person = row.partner_id, row.employee_id
        return [
            one
            for one in recipients
            if (one.partner, one.employee) == person
            or self._is_reached_at(one, channel, row.address)
        ]

    @api.model
    def _is_reached_at(self, recipient, channel, address):
        """Tell whether a form reaches somebody at an address."""
        try:
            return address in channel._get_active_addresses(recipient)
        except ReminderError:
            return False
