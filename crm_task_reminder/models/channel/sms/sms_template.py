from odoo import api, models
from odoo.exceptions import AccessError, ValidationError

#: The addon whose templates all companies start with.
MODULE = "crm_task_reminder"


class SmsTemplate(models.Model):
    """Whoever sets a company's reminders up may make and change templates of SMS.

    They belong to no company. Odoo itself leaves e-mail templates to their editors and
    those of SMS to administrators.
    """

    _name = "sms.template"
    _inherit = [
        "crm.task.reminder.spoken.mixin",
        "crm.task.reminder.template.mixin",
        "sms.template",
    ]

    @api.model_create_multi
    def create(self, vals_list):
        templates = super().create(vals_list)
        templates._check_reminder_action()
        return templates

    def write(self, vals):
        """Refuse to make a template over into one that the user may not change."""
        result = super().write(vals)
        if "sidebar_action_id" in vals:
            self._check_reminder_action()
        if "model_id" in vals:
            # Odoo has asked for the rights on the templates as they were
            self.check_access("write")
        return result

    def _filter_foreign_reminders(self):
        user = self.env.user
        if not self or user.has_group("base.group_system"):
            return self.browse()
        # sudo: to read by which templates others remind, whether the user may or not
        companies = self.env["res.company"].sudo()
        others = companies.search(
            [
                ("id", "not in", user._get_reminder_companies().ids),
                # has reminded, if only before it was switched off for a while
                ("reminder_enabled_at", "!=", False),
            ]
        )
        return self & self.browse(self._list_reminder_uses(others) if others else [])

    def _list_reminder_uses(self, companies):
        """Return the ids of those of the templates by which companies remind.

        :param res.company companies: as superuser
        """
        channel = self.env["crm.task.reminder.channel.sms"]
        name = channel._template_field
        used = companies.mapped(channel._plan_field)
        for model in ("crm.task.reminder", "crm.task.reminder.default"):
            # sudo: as the companies
            groups = (
                self.env[model]
                .sudo()
                ._read_group(
                    [("company_id", "in", companies.ids), (name, "in", self.ids)],
                    [name],
                )
            )
            used = used.concat(*(template for (template,) in groups))
        # the standard ones are taken where nobody has chosen another
        standard = self.env["ir.model.data"].sudo()
        standard = standard.search(
            [
                ("module", "=", MODULE),
                ("model", "=", "sms.template"),
                ("res_id", "in", self.ids),
            ]
        )
        return [*used.ids, *standard.mapped("res_id")]

    def _make_foreign_reminder_error(self, operation):
        # sudo: to name it
        return AccessError(
            self.env._(
                "Other companies remind by the template “%s”. Make a copy of it, "
                "change that, and choose it for your reminders.",
                self[:1].sudo().name,
            )
        )

    def _check_reminder_action(self):
        """Refuse an action that is not the user's to delete.

        With its template Odoo deletes it, whichever it is, as the superuser.
        """
        if actions := self.sidebar_action_id:
            actions.check_access("unlink")

    @api.constrains("model", "model_id")
    def _check_reminder_model(self):
        """Refuse what the screen can't do: rights go by the one, texts by the other."""
        for template in self:
            if template.model != template.model_id.model:
                raise ValidationError(
                    self.env._(
                        "The template “%s” says two different things about what it "
                        "is for.",
                        template.name,
                    )
                )
