import { registry } from "@web/core/registry";
import { CharField, charField } from "@web/views/fields/char/char_field";

/**
 * A phone number that is typed, or picked from those of the customer and its contacts.
 */
export class ReminderPhoneField extends CharField {
    static template = "crm_task_reminder.ReminderPhoneField";

    get choices() {
        return this.props.record.data.reminder_phone_choices || [];
    }

    get listId() {
        return `${this.props.id}_choices`;
    }
}

registry.category("fields").add("reminder_phone", {
    ...charField,
    component: ReminderPhoneField,
    fieldDependencies: [{ name: "reminder_phone_choices", type: "json" }],
});
