import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import {
    buildM2OFieldDescription,
    Many2OneField,
} from "@web/views/fields/many2one/many2one_field";

/**
 * The template of a reminder: one column for all fields that may hold it, one for each
 * form of sending. The server says which one counts, and has all of them read.
 */
export class ReminderTemplateField extends Component {
    static template = "crm_task_reminder.ReminderTemplateField";
    static components = { Many2OneField };
    static props = Many2OneField.props;

    get fieldName() {
        return this.props.record.data.template_field || this.props.name;
    }

    /** What the template sets in vain, in words. */
    get hint() {
        return this.props.record.data.template_hint;
    }

    get fieldProps() {
        return { ...this.props, name: this.fieldName };
    }
}

registry.category("fields").add("reminder_template", {
    ...buildM2OFieldDescription(ReminderTemplateField),
    fieldDependencies: [
        { name: "template_field", type: "char" },
        { name: "template_hint", type: "char" },
    ],
});
