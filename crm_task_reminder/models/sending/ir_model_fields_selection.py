from odoo import models


class IrModelFieldsSelection(models.Model):
    _inherit = "ir.model.fields.selection"

    def _process_ondelete(self):
        """Withdraw what waits in a form whose addon is uninstalled.

        Its lines are deleted here, and nobody would come to its messages any more.
        """
        channel = self.env["crm.task.reminder"]._fields["channel"]
        forms = self.filtered(
            lambda value: (
                value.field_id.model == channel.model_name
                and value.field_id.name == channel.name
            )
        )
        self.env["crm.task.reminder.second.look"]._drop_forms(forms.mapped("value"))
        return super()._process_ondelete()
