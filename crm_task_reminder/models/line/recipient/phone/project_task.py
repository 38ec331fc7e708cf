from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...project_task import GROUPS

#: What may give a task another customer.
CUSTOMER_FIELDS = {"partner_id", "project_id", "parent_id"}


class ProjectTask(models.Model):
    """The number at which a task's customer is reminded; it goes with the customer.

    It is not computed: Odoo would compute it anew whenever the customer is written or
    might have changed, as in another project, and not only when it is another one.
    """

    _inherit = "project.task"

    reminder_phone = fields.Char(
        string="Phone for Reminders",
        groups=GROUPS,
        help="The customer is reminded at this number instead of its own.",
    )

    @api.onchange("partner_id")
    def _onchange_partner_reminder_phone(self):
        for task in self:
            if task.partner_id._origin != task._origin.partner_id:
                task.reminder_phone = False

    def write(self, vals):
        """Forget a number with the customer whom it was chosen for."""
        if "reminder_phone" in vals or not vals.keys() & CUSTOMER_FIELDS:
            return super().write(vals)
        # sudo: whoever may edit the task need not read the number
        numbered = self.sudo().filtered("reminder_phone")
        former = {task: task.partner_id for task in numbered}
        if former and "partner_id" in vals:
            self.check_access("write")
            # before: it need not be a number in the other customer's country
            numbered._forget_reminder_phone(vals["partner_id"])
        result = super().write(vals)
        # after: a project or a parent may have brought another one
        numbered.filtered(
            lambda task: task.reminder_phone and task.partner_id != former[task]
        ).reminder_phone = False
        return result

    def _forget_reminder_phone(self, customer):
        """Forget the numbers of tasks that are to get another customer.

        :param customer: as ``write`` gets it
        """
        customer_id = self._fields["partner_id"].convert_to_cache(customer, self)
        others = self.filtered(lambda task: (task.partner_id.id or None) != customer_id)
        others.reminder_phone = False

    def copy_data(self, default=None):
        """Forget a number also in a copy that is not for its customer."""
        vals_list = super().copy_data(default)
        for task, vals in zip(self, vals_list, strict=True):
            is_same = vals.get("partner_id") == task.partner_id.id
            if not is_same and "reminder_phone" not in (default or {}):
                vals.pop("reminder_phone", None)
        return vals_list

    @api.constrains("reminder_phone", "partner_id")
    def _check_reminder_phone(self):
        for task in self.filtered("reminder_phone"):
            if not task._format_reminder_phone():
                raise ValidationError(
                    self.env._(
                        "“%s” is not a phone number that a reminder can be sent to.",
                        task.reminder_phone,
                    )
                )

    def _format_reminder_phone(self):
        return self.browse()._phone_format(
            number=self.reminder_phone, country=self._get_reminder_country()
        )

    def _get_reminder_country(self):
        """Return the country that the customer's number without a prefix belongs to."""
        return self.partner_id.country_id or self._get_reminder_company().country_id
