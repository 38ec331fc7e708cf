from odoo import api, models


class CrmTaskReminderChannel(models.AbstractModel):
    """The template of the morning plan in a form."""

    _inherit = "crm.task.reminder.channel"

    #: Field of a company that holds the plan's template; None where there is no plan.
    _plan_field = None
    #: External id of the template that a plan starts with; None where there is none.
    _standard_plan_template = None

    @api.model
    def _get_plan_template(self, company):
        """Return the template of a company's morning plan, empty if none in this form.

        :param res.company company:
        """
        templates = self.env["crm.task.reminder.mixin"][self._template_field]
        template = company[self._plan_field] if self._plan_field else templates
        # sudo: who sees a plan need not have access to templates
        return template.filtered(lambda one: one.sudo().model == "project.task")

    @api.model
    def _get_standard_plan_template(self):
        """Return the template that a plan starts with in this form, if it is there."""
        name = self._standard_plan_template
        template = name and self.env.ref(name, raise_if_not_found=False)
        templates = self.env["crm.task.reminder.mixin"][self._template_field]
        return template or templates.browse()
