import { patch } from "@web/core/utils/patch";
import { createElement } from "@web/core/utils/xml";
import { FormArchParser } from "@web/views/form/form_arch_parser";
import { ReminderTab } from "@crm_task_reminder/reminder_tab/reminder_tab";

const PAGE = "page[name='reminders_page']";
export const CONTENT = "o_reminder_tab";

patch(FormArchParser.prototype, {
    /**
     * Takes the fields of the tab of reminders out of those that are read with the form.
     */
    parse(xmlDoc) {
        const archInfo = super.parse(...arguments);
        const page = xmlDoc.querySelector(PAGE);
        if (page) {
            const fieldNodes = {};
            for (const node of page.querySelectorAll("field:not(field field)")) {
                const id = node.getAttribute("field_id");
                fieldNodes[id] = archInfo.fieldNodes[id];
                delete archInfo.fieldNodes[id];
            }
            archInfo.reminderTab = { Component: ReminderTab, fieldNodes };
            if (!page.querySelector(`:scope > .${CONTENT}`)) {
                const content = createElement("div", { class: CONTENT });
                content.append(...page.childNodes);
                page.append(content);
            }
        }
        return archInfo;
    },
});
