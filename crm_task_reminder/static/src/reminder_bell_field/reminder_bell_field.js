import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import {
    DateTimeField,
    dateTimeField,
} from "@web/views/fields/datetime/datetime_field";

/**
 * A bell and when it rings next; struck through when somebody was not reminded.
 */
export class ReminderBellField extends Component {
    static template = "crm_task_reminder.ReminderBellField";
    static components = { DateTimeField };
    static props = DateTimeField.props;

    get isSet() {
        return Boolean(this.props.record.data[this.props.name]);
    }

    get isNotSent() {
        return this.props.record.data.reminder_not_sent;
    }
}

registry.category("fields").add("reminder_bell", {
    ...dateTimeField,
    component: ReminderBellField,
    fieldDependencies: [{ name: "reminder_not_sent", type: "boolean" }],
});
