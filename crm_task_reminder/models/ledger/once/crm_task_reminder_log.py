from odoo import api, fields, models

from ....tools.outcomes import NOT_SENT_STATES, TOLD_STATES


class CrmTaskReminderLog(models.Model):
    """Which messages there are, so that each is written once."""

    _inherit = "crm.task.reminder.log"

    is_superseded = fields.Boolean(
        help="Its address was told another start later, and then this one anew."
    )

    # One message per reminder, start of the task, form, address and, of what is
    # repeated, time, whatever happens; another one only when the address has been told
    # of another start in between.
    _message_unique = models.UniqueIndex(
        "(reminder_id, start, channel, address, COALESCE(turn, 0)) "
        "WHERE address IS NOT NULL AND state NOT IN ('skipped', 'missed') "
        "AND is_superseded IS NOT TRUE",
        "This reminder has a message already.",
    )

    @api.model
    def _get_messages(self, reminders):
        """Return the rows of the messages that reminders have, the oldest first."""
        return self.search(
            [
                ("reminder_id", "in", reminders.ids),
                ("address", "!=", False),
                ("state", "not in", NOT_SENT_STATES),
                ("is_superseded", "=", False),
            ],
            order="id",
        )

    @api.model
    def _prepare_message_row(self, delivery, message, receipt):
        """Return the values of the ledger row of a message that waits to leave.

        :param Delivery delivery:
        :param mail.message message:
        :param mail.notification receipt:
        :return dict:
        """
        recipient = delivery.recipient
        return {
            **self._prepare_row(delivery.reminder),
            "channel": delivery.channel._channel,
            "partner_id": recipient.partner.id,
            "employee_id": recipient.employee.id,
            "recipient_name": recipient.name,
            "address": delivery.address,
            "message_id": message.id,
            "notification_id": receipt.id,
            **delivery.row,
        }

    def _get_known_keys(self):
        """Return which messages need not be written, by these, the oldest first.

        What somebody was told last counts: a start is not known any more when another
        one has been told since, at the same address or to the same person at another.

        :return set[tuple]: (reminder, start, channel, address, turn)
        """
        known = self._filter_telling() - self._filter_told_otherwise()
        return {row._get_key() for row in known}

    def _filter_telling(self):
        """Return the messages that tell a start, or are to tell the present one."""
        return self.filtered(
            lambda row: (
                row.state in TOLD_STATES or row.start == row.reminder_id._get_anchor()
            )
        )

    def _filter_told_otherwise(self):
        """Return the messages since which another start was told, by these."""
        last, telling = {}, self._filter_telling()
        for row in telling:
            for place in row._get_told_places():
                start, rows = last.get(place, (row.start, set()))
                last[place] = row.start, {row} | (rows if start == row.start else set())
        return telling.filtered(
            lambda row: any(
                row not in last[place][1] for place in row._get_told_places()
            )
        )

    def _get_told_places(self):
        """Return where the message is read: at its address, and by whoever has it."""
        self.ensure_one()
        reminder = self.reminder_id.id
        places = [(reminder, self.channel, self.address)]
        if person := self.partner_id or self.employee_id:
            places.append((reminder, person))
        return places

    def _supersede(self, keys):
        """Make room for messages that are written anew.

        :param set[tuple] keys: those of the new messages, see ``_get_key``
        """
        former = self.filtered(lambda row: row._get_key() in keys)
        former.write({"is_superseded": True})

    def _get_key(self):
        """Return what no two messages may share, as ``Delivery.key`` does."""
        self.ensure_one()
        place = self.reminder_id.id, self.start, self.channel, self.address
        return *place, self.turn

    def _is_for(self, delivery):
        """Tell whether it was written for one of those whom a delivery is for.

        An employee may have got a contact since, or a user have become an employee.

        :param Delivery delivery: to the message's address
        """
        self.ensure_one()
        return any(
            (one.partner and one.partner._origin == self.partner_id)
            or (one.employee and one.employee._origin == self.employee_id)
            for one in (delivery.recipient, *delivery.others)
        )

    def _find_keys_for_others(self, deliveries):
        """Return the keys of deliveries whose address failed for somebody else.

        Who has the address now was never written to. What has left, or may have, was
        read at the address.

        :param list[Delivery] deliveries:
        :return set[tuple]: see ``_get_key``
        """
        failed = self.filtered(lambda row: row.state == "failed")
        row_by_key = {row._get_key(): row for row in failed}
        return {
            one.key
            for one in deliveries
            if one.key in row_by_key and not row_by_key[one.key]._is_for(one)
        }
