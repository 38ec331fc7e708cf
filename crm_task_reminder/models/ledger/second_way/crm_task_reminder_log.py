from odoo import api, fields, models

from ....tools.outcomes import COMING_BACK, NOT_SENT_STATES, OPEN_STATES, TOLD_STATES

#: States of a message that has told, or is about to tell.
TELLING_STATES = {*OPEN_STATES, *TOLD_STATES}


class CrmTaskReminderLog(models.Model):
    """Which message takes the place of another one, in another form."""

    _inherit = "crm.task.reminder.log"

    instead_of_id = fields.Many2one(
        "crm.task.reminder.log",
        string="Replaced Message",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
        help="The message that was not possible, in whose place this one is sent.",
    )
    seeks_second_way = fields.Boolean(
        help="It has failed, and the service is to look for another form."
    )

    receipt_until = fields.Datetime(
        help="When it is taken for failed, if there is no receipt by then."
    )

    _second_way_idx = models.Index("(company_id, id) WHERE seeks_second_way IS TRUE")

    _receipt_until_idx = models.Index(
        "(company_id, receipt_until) WHERE receipt_until IS NOT NULL"
    )

    @api.model
    def _prepare_message_row(self, delivery, message, receipt):
        values = super()._prepare_message_row(delivery, message, receipt)
        return {**values, "instead_of_id": delivery.instead_of_id}

    @api.model
    def _note_refusals(self, refusals, deliveries, run):
        """Note who gets nothing, and where another form takes the place of that.

        :param list[Refusal] refusals:
        :param list[Delivery] deliveries: what is to be queued; told the row of what
            they replace
        :param crm.task.reminder.log run: the row of this run of the service
        """
        values = map(self._prepare_refusal_row, refusals)
        rows = self.create([{**row, "run_id": run.id} for row in values])
        run.not_sent_count += len(refusals)
        row_ids = dict(zip(map(id, refusals), rows.ids, strict=True))
        for one in deliveries:
            one.instead_of_id = row_ids.get(id(one.instead_of), False)

    @api.model
    def _find_replaced_in_vain(self, reminders):
        """Return failed messages whose second form was dropped and may still be sent.

        :param crm.task.reminder reminders: whose messages they are
        """
        dropped = self.search(
            [
                ("reminder_id", "in", reminders.ids),
                ("instead_of_id", "!=", False),
                ("state", "in", NOT_SENT_STATES),
                ("reason", "in", COMING_BACK),
            ]
        )
        return dropped.instead_of_id.filtered(
            lambda row: row.state == "failed" and not row.is_superseded
        )

    def _get_person(self):
        """Return who it is for, whatever the form, as ``Delivery.person`` does."""
        self.ensure_one()
        who = self.partner_id.id, self.employee_id.id
        return self.reminder_id.id, self.start, self.turn, *who

    def _get_told_people(self, form=None):
        """Return who is told by these rows.

        :param str form: one that is left out, unless all count
        :return set[tuple]: see ``_get_person``
        """
        return {row._get_person() for row in self._filter_still_telling(form)}

    def _filter_still_telling(self, form=None):
        """Return the rows that tell somebody, or may have.

        :param str form: one that is left out, unless all count
        """
        return (self - self._filter_told_otherwise()).filtered(
            lambda row: row.state in TELLING_STATES and row.channel != form
        )
