import { useEffect } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { X2ManyField, x2ManyField } from "@web/views/fields/x2many/x2many_field";
import { ListRenderer } from "@web/views/list/list_renderer";

/**
 * Tells those who hear the screen in which column an input is.
 */
export class ReminderListRenderer extends ListRenderer {
    setup() {
        super.setup();
        useEffect(() => this.nameInputs());
    }

    nameInputs() {
        for (const { name, label } of this.columns) {
            const cell = `.o_selected_row [name="${name}"]`;
            for (const input of this.tableRef.el.querySelectorAll(`${cell} input`)) {
                input.setAttribute("aria-label", label);
            }
        }
    }
}

/**
 * The reminders of an audience.
 */
export class ReminderLinesField extends X2ManyField {
    static components = {
        ...X2ManyField.components,
        ListRenderer: ReminderListRenderer,
    };
}

registry.category("fields").add("reminder_lines", {
    ...x2ManyField,
    component: ReminderLinesField,
});
