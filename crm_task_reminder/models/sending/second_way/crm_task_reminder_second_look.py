from odoo import api, models


class CrmTaskReminderSecondLook(models.AbstractModel):
    """What holds for a message that stands in the place of another one."""

    _inherit = "crm.task.reminder.second.look"

    @api.model
    def _find_outdated(self, rows):
        """Nobody gets both, whatever came between: a late receipt, a person."""
        reasons = super()._find_outdated(rows)
        rest = rows.filtered(lambda row: row not in reasons)
        companies = rest.company_id
        second_way = self.env["crm.task.reminder.second.way"]
        if any(map(second_way._is_used, companies)) or rest.instead_of_id:
            messages = rest._get_messages(rest.reminder_id)
            for form, members in rest.grouped("channel").items():
                telling = messages._filter_still_telling(form)
                people = telling._get_told_people()
                # who shares an address is in no row but that of another one
                needless = members.filtered(
                    lambda row, telling=telling, people=people: (
                        row._get_person() in people or row.instead_of_id & telling
                    )
                )
                reasons |= dict.fromkeys(needless, "replaced")
        return reasons

    @api.model
    def _filter_addressed(self, rows):
        """Ask for those in the second form, which is not their reminder's own."""
        others = rows.filtered("instead_of_id")
        made = {row: self._address_otherwise(row) for row in others}
        decision = self.env["crm.task.reminder.decision"]
        allowed, _blacklisted = decision._split_blacklisted(sum(made.values(), []))
        keys = {(one.reminder, one.recipient, one.address) for one in allowed}
        addressed = others.filtered(
            lambda row: any(
                (one.reminder, one.recipient, row.address) in keys for one in made[row]
            )
        )
        return super()._filter_addressed(rows - others) + addressed

    @api.model
    def _address_otherwise(self, row):
        """Return what would reach in its second form whom a message is for.

        :param crm.task.reminder.log row:
        :return list[Delivery]: whatever blacklists say
        """
        decision = self.env["crm.task.reminder.decision"]
        recipients = decision._find_row_recipients(row) if row.notification_id else []
        person = row.partner_id, row.employee_id
        own = [one for one in recipients if (one.partner, one.employee) == person]
        # its template is not asked for: it has been written
        form = row._get_channel(), None
        made, _refused = decision._address(row.reminder_id, own, *form)
        return made

    @api.model
    def _is_handled_for(self, row):
        """What stands in the place of a message was due with it, also at once."""
        former = row.instead_of_id
        return super()._is_handled_for(row) or (
            bool(former) and super()._is_handled_for(former)
        )
