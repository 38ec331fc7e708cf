import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import {
    buildM2OFieldDescription,
    Many2OneField,
} from "@web/views/fields/many2one/many2one_field";

const TEMPLATE_FIELDS = { sms: "sms_template_id", email: "mail_template_id" };

/**
 * The template of a reminder: one column for the two fields that hold it, of which the
 * reminder's form (SMS or e-mail) says which one counts.
 */
export class ReminderTemplateField extends Component {
    static template = "crm_task_reminder.ReminderTemplateField";
    static components = { Many2OneField };
    static props = Many2OneField.props;

    get fieldName() {
        return TEMPLATE_FIELDS[this.props.record.data.channel] || this.props.name;
    }

    get fieldProps() {
        return { ...this.props, name: this.fieldName };
    }
}

registry.category("fields").add("reminder_template", {
    ...buildM2OFieldDescription(ReminderTemplateField),
    fieldDependencies: [{ name: "channel", type: "selection" }],
});
