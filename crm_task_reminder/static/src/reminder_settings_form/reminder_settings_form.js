import { onWillStart, useExternalListener } from "@odoo/owl";
import { getActiveHotkey } from "@web/core/hotkeys/hotkey_service";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { formView } from "@web/views/form/form_view";
import { SettingsConfirmationDialog } from "@web/webclient/settings_form_view/settings_confirmation_dialog";

const WINDOW = "crm_task_reminder.crm_task_reminder_settings_action";

/**
 * The window of a company's reminders. As with Odoo's own settings, only the button
 * saves: other forms are saved when the page is left, even if nothing was changed, and
 * without a question when another button is pressed.
 */
export class ReminderSettingsFormController extends formView.Controller {
    setup() {
        super.setup();
        onWillStart(() => this.putPageBehind());
        if (this.env.inDialog) {
            useExternalListener(document, "keydown", (event) => this.onKeydown(event));
        }
    }

    /**
     * Escape closes the window, as it does every dialog. Odoo gives the key to whatever
     * asked for it last while the window was open, and the page behind may come later: in
     * CRM it took Escape for its own form of a new stage.
     */
    onKeydown(event) {
        const { overlay, ui } = this.env.services;
        const isOnTop = Object.keys(overlay.overlays).length === 1 && !ui.isBlocked;
        if (isOnTop && getActiveHotkey(event) === "escape") {
            event.stopPropagation();
            this.env.dialogData.close({ dismiss: true });
        }
    }

    /**
     * Opened by its address, or before the app's page has come, the window would stand
     * over an empty page.
     */
    async putPageBehind() {
        const { action, menu } = this.env.services;
        if (!this.env.inDialog || action.currentController) {
            return;
        }
        const apps = menu.getApps();
        const crm = apps.find(({ xmlid }) => xmlid === "crm.crm_menu_root");
        await menu.selectMenu(menu.getCurrentApp() || crm || apps[0]);
        // in the place of this one, which has not been shown yet
        await action.doAction(WINDOW);
    }

    beforeUnload() {}

    beforeVisibilityChange() {}

    async beforeExecuteActionButton(clickParams) {
        const mustAsk = !clickParams.special && (await this.model.root.isDirty());
        if (mustAsk && !(await this.askToSave())) {
            return false;
        }
        return super.beforeExecuteActionButton(clickParams);
    }

    /**
     * @returns {Promise<boolean>} whether to go on: with what was changed, or without
     */
    askToSave() {
        return new Promise((resolve) => {
            this.dialogService.add(
                SettingsConfirmationDialog,
                {
                    body: _t("Would you like to save your changes?"),
                    confirm: () => resolve(true),
                    cancel: async () => {
                        await this.model.root.discard();
                        resolve(true);
                    },
                    stayHere: () => resolve(false),
                },
                { onClose: () => resolve(false) }
            );
        });
    }
}

registry.category("views").add("crm_task_reminder_settings_form", {
    ...formView,
    Controller: ReminderSettingsFormController,
});
