import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/**
 * A reminder as one reads it where it is not being edited: a sentence, its template, and
 * on a task who gets it.
 */
export class ReminderSummaryField extends Component {
    static template = "crm_task_reminder.ReminderSummaryField";
    static props = {
        ...standardFieldProps,
        placeholder: { type: String, optional: true },
    };

    get data() {
        return this.props.record.data;
    }

    get isOverdue() {
        return this.data.shown_state === "overdue";
    }

    get template() {
        const template = this.data[this.data.template_field];
        return template ? template.display_name : "";
    }
}

registry.category("fields").add("reminder_summary", {
    component: ReminderSummaryField,
    supportedTypes: ["char"],
    extractProps: ({ placeholder }) => ({ placeholder }),
    fieldDependencies: [{ name: "template_field", type: "char" }],
});
