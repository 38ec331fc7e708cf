from odoo import api, fields, models
from odoo.fields import Domain

from ..company.res_company import CONFIGURATOR_GROUPS, STAFF


class ResCompany(models.Model):
    """What a company has set for new tasks, and how it counts time."""

    _inherit = "res.company"

    reminder_send_passed = fields.Boolean(
        string="Send overdue ones at once",
        help="Send a reminder at once when its time has already passed at the moment "
        "it is set. Otherwise it is not sent.",
        groups=STAFF,
    )
    reminder_lang_choice = fields.Selection(
        [
            ("recipient", "The recipient's"),
            ("company", "The company's, unless another was chosen"),
        ],
        string="Language of messages",
        default="recipient",
        help="Odoo gives every new contact the same language, mostly English, until "
        "somebody chooses another. With “The company's”, who still has that one gets "
        "messages in the company's language, except contacts in another country.",
        groups=STAFF,
    )
    reminder_customer_default = fields.Boolean(
        string="Default settings for customers",
        help="New tasks start with these reminders for their customer.",
        groups=STAFF,
    )
    reminder_operator_default = fields.Boolean(
        string="Default settings for operators",
        help="New tasks start with these reminders for their assignees and employees.",
        groups=STAFF,
    )
    reminder_default_customer_ids = fields.One2many(
        "crm.task.reminder.default",
        "company_id",
        string="Default Reminders for Customers",
        domain=[("audience", "=", "customer"), ("project_id", "=", False)],
        groups=CONFIGURATOR_GROUPS,
    )
    reminder_default_operator_ids = fields.One2many(
        "crm.task.reminder.default",
        "company_id",
        string="Default Reminders for Operators",
        domain=[("audience", "=", "operator"), ("project_id", "=", False)],
        groups=CONFIGURATOR_GROUPS,
    )

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies._create_first_reminder_lines()
        return companies

    def write(self, vals):
        result = super().write(vals)
        if "resource_calendar_id" in vals:
            self._recount_reminders()
        return result

    @api.model
    def _create_first_reminder_lines_everywhere(self):
        """Give the companies that exist at the installation their first lines."""
        # every company, once, when the addon is installed
        companies = self.with_context(active_test=False).search(Domain.TRUE)
        companies._create_first_reminder_lines()

    def _create_first_reminder_lines(self):
        """Prepare one SMS line per audience; it applies once its switch is on."""
        # sudo: whoever may create a company need not have a say in its reminders
        lines = self.env["crm.task.reminder.default"].sudo()
        lines.create(lines._prepare_first_lines(self))

    def _get_reminder_defaults(self, audience):
        """Return the lines that new tasks of the company start with.

        :param str audience: ``customer`` or ``operator``
        :return crm.task.reminder.default: empty when the audience's switch is off
        """
        # sudo: whoever creates a task gets its reminders, also on the portal
        company = self.sudo()
        lines = company[f"reminder_default_{audience}_ids"]
        return lines if company[f"reminder_{audience}_default"] else lines.browse()

    def _prepare_reminder_proposals(self, audience):
        """Return the lines for a task on which a person switches the reminders on.

        :param str audience: ``customer`` or ``operator``
        :return list[dict]: values for ``create`` without the task
        """
        # sudo: whoever may edit a task may use what the company has prepared
        lines = self.sudo()[f"reminder_default_{audience}_ids"]
        if lines:
            return lines._prepare_reminders()
        return [lines._prepare_first_line(audience)]
