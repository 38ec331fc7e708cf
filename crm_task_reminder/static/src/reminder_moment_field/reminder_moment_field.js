import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { CharField } from "@web/views/fields/char/char_field";
import { SelectionField } from "@web/views/fields/selection/selection_field";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { ReminderCountField } from "../reminder_count_field/reminder_count_field";
import { ReminderRepeatField } from "../reminder_repeat_field/reminder_repeat_field";

const COUNTED = ["before", "after", "before_end", "after_end"];
const AFTER = ["after", "after_end"];

/**
 * The dates that a reminder can be counted from; news are chosen with the units.
 */
class DateSelection extends SelectionField {
    get options() {
        return super.options.filter(([value]) => COUNTED.includes(value));
    }
}

/**
 * From which date a reminder is counted, for which tasks, and whether it is repeated: in
 * one cell, of which each part shows only where there is something to choose.
 */
export class ReminderMomentField extends Component {
    static template = "crm_task_reminder.ReminderMomentField";
    static components = {
        CharField,
        DateSelection,
        SelectionField,
        ReminderCountField,
        ReminderRepeatField,
    };
    static props = {
        ...standardFieldProps,
        withHour: { type: Boolean, optional: true },
    };

    get data() {
        return this.props.record.data;
    }

    get isCounted() {
        return COUNTED.includes(this.data.moment);
    }

    /**
     * Of days one can say an hour: here where the view has no room for a column.
     */
    get hasHour() {
        return this.props.withHour && ["days", "weeks"].includes(this.data.timing);
    }

    /**
     * What an empty hour means: that of the date that it is counted from.
     */
    get sameHour() {
        return _t("the same hour");
    }

    get isAfter() {
        return AFTER.includes(this.data.moment);
    }

    get canRepeat() {
        return this.isAfter || (this.isCounted && this.data.timing !== "start");
    }

    /**
     * Of one hour or day there is no number to be said.
     */
    get hasSeveral() {
        return this.data.repeat_unit && this.data.repeat_every !== 1;
    }

    /**
     * Until a task is done, unless an addon knows of something else.
     */
    get canRepeatUntil() {
        const { repeat_unit, audience, moment } = this.data;
        const { selection } = this.props.record.fields.repeat_until;
        const canBeAsked = audience === "customer" && moment === "before";
        return repeat_unit && canBeAsked && selection.length > 1;
    }

    /**
     * @param {string} name of the field
     * @returns {string} what those hear who do not see where it stands
     */
    getLabel(name) {
        return this.props.record.fields[name].string;
    }

    /**
     * @param {string} name of the field
     * @returns {object} the properties of its own component
     */
    getProps(name) {
        const { record, readonly } = this.props;
        return { name, record, readonly };
    }
}

registry.category("fields").add("reminder_moment", {
    component: ReminderMomentField,
    supportedTypes: ["selection"],
    extractProps: ({ options }) => ({ withHour: options.with_hour }),
    fieldDependencies: [
        { name: "timing", type: "selection" },
        { name: "task_states", type: "selection" },
        { name: "repeat_unit", type: "selection" },
        { name: "repeat_every", type: "integer" },
        { name: "repeat_count", type: "integer" },
        { name: "repeat_until", type: "selection" },
    ],
});
