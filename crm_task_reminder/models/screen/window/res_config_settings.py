from odoo import api, models

#: The part of the window's form that the settings show as well.
WINDOW = ".//div[@name='crm_task_reminder_window']"


# no wizard of ours: the settings of Odoo
# pylint: disable-next=no-wizard-in-models
class ResConfigSettings(models.TransientModel):
    _name = "res.config.settings"
    _inherit = ["res.config.settings", "crm.task.reminder.settings.mixin"]

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Show the window inside the settings; its view is the only one there is."""
        arch, view = super()._get_view(view_id, view_type, **options)
        place = arch.find(WINDOW)
        if place is not None:
            window, _view = self.env["crm.task.reminder.settings"]._get_view(
                view_type="form"
            )
            place.extend(window.find(WINDOW))
        return arch, view
