import { registry } from "@web/core/registry";
import { formView } from "@web/views/form/form_view";

/**
 * The window of a company's reminders. As with Odoo's own settings, only the button
 * saves: other forms are saved when the page is left, even if nothing was changed.
 */
export class ReminderSettingsFormController extends formView.Controller {
    beforeUnload() {}

    beforeVisibilityChange() {}
}

registry.category("views").add("crm_task_reminder_settings_form", {
    ...formView,
    Controller: ReminderSettingsFormController,
});
