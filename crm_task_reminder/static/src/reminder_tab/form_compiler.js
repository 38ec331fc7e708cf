import { registry } from "@web/core/registry";
import { append, createElement } from "@web/core/utils/xml";
import { CONTENT } from "@crm_task_reminder/reminder_tab/form_arch_parser";

/**
 * Puts what the tab of reminders shows into the component that reads its fields first.
 */
function compileReminderTab(el, params) {
    const slot = createElement("t", { "t-set-slot": "default" });
    for (const child of el.childNodes) {
        append(slot, this.compileNode(child, params));
    }
    const tab = createElement("t", {
        "t-component": "__comp__.props.archInfo.reminderTab.Component",
        archInfo: "__comp__.props.archInfo",
        record: "__comp__.props.record",
    });
    return append(tab, slot);
}

registry.category("form_compilers").add("crm_task_reminder_tab", {
    selector: `div.${CONTENT}`,
    fn: compileReminderTab,
    doNotCopyAttributes: true,
});
