import { Component, onMounted, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/**
 * Whether SMS can be sent: first what is known, then what the provider answers. Nothing
 * waits for the answer; when there is none, what is known stays.
 */
export class ReminderSmsStatusField extends Component {
    static template = "crm_task_reminder.ReminderSmsStatusField";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ answer: null });
        onMounted(() => this.ask());
    }

    get shown() {
        const { data } = this.props.record;
        const known = {
            is_ready: data.reminder_sms_ready,
            status: data[this.props.name],
        };
        return this.state.answer || known;
    }

    async ask() {
        try {
            this.state.answer = await this.orm.silent.call(
                "crm.task.reminder.settings",
                "get_sms_status"
            );
        } catch {
            // whoever opened the window did not ask for this, and can't mend it
        }
    }
}

registry.category("fields").add("reminder_sms_status", {
    component: ReminderSmsStatusField,
    supportedTypes: ["char"],
    fieldDependencies: [{ name: "reminder_sms_ready", type: "boolean" }],
});
