from odoo import api, models


class CrmTaskReminderChannel(models.AbstractModel):
    """The templates that lines for other moments than before the start begin with."""

    _inherit = "crm.task.reminder.channel"

    @api.model
    def _get_standard_template(self, audience, moment="before"):
        """Return the template that lines start with, an empty recordset if it is gone.

        That for another moment than before the start has the external id of that one,
        with the moment behind it.

        :param str audience: ``customer`` or ``operator``
        :param str moment: one of ``MOMENTS``
        """
        template = super()._get_standard_template(audience)
        if moment == "before":
            return template
        name = f"{self._standard_templates.get(audience)}_{moment}"
        found = self.env.ref(name, raise_if_not_found=False)
        return found or template.browse()
