from functools import partial

from odoo import models

#: What nobody may do with what leaves in the name of another company.
CHANGES = ("write", "unlink")


class CrmTaskReminderSpokenMixin(models.AbstractModel):
    """What a company says in its reminders: nobody else changes it or takes it back.

    Whoever may edit a task may edit its messages and files in Odoo. A reminder may
    leave hours after they were written, and be sent again.
    """

    _name = "crm.task.reminder.spoken.mixin"
    _description = "What a Task Reminder Says"

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if self.env.su or operation not in CHANGES:
            return result
        hidden = result[0] if result else self.browse()
        foreign = (self - hidden)._filter_foreign_reminders()
        if not foreign:
            return result
        return hidden | foreign, partial(
            foreign._make_foreign_reminder_error, operation
        )

    def _make_foreign_reminder_error(self, operation):
        """Return the error for who may not change what another company says."""
        return self.env["ir.rule"]._make_access_error(operation, self)

    def _filter_foreign_reminders(self):
        """Return those that belong to reminders of companies not the user's."""
        raise NotImplementedError()
