import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";
import { registry } from "@web/core/registry";
import {
    SelectionField,
    selectionField,
} from "@web/views/fields/selection/selection_field";

/**
 * Units as the browser's own data about languages calls them.
 */
const UNITS = { minutes: "minute", hours: "hour", days: "day", weeks: "week" };

/**
 * @param {string} value of a selection of units
 * @param {number} number that the unit is of
 * @returns {string} the unit's name, an empty text for what is none
 */
export function nameUnit(value, number) {
    const unit = UNITS[value];
    if (!unit) {
        return "";
    }
    const style = { style: "unit", unit, unitDisplay: "long" };
    const parts = new Intl.NumberFormat(user.lang, style).formatToParts(number || 1);
    return parts.find((part) => part.type === "unit").value;
}

/**
 * The unit of a time before the start, in the form that goes with its number: 1 day, 2
 * days. Or the start itself.
 */
export class ReminderTimingField extends SelectionField {
    get options() {
        return super.options.map(([value, label]) => [
            value,
            nameUnit(value, this.props.record.data.duration) ||
                this.nameDate(value) ||
                label,
        ]);
    }

    /**
     * @param {string} value of the selection
     * @returns {string} the date itself where it is the end, else an empty text
     */
    nameDate(value) {
        const dates = {
            before_end: _t("at the deadline"),
            after_end: _t("at the end"),
        };
        return (value === "start" && dates[this.props.record.data.moment]) || "";
    }
}

registry.category("fields").add("reminder_timing", {
    ...selectionField,
    component: ReminderTimingField,
    fieldDependencies: [
        { name: "duration", type: "integer" },
        { name: "moment", type: "selection" },
    ],
});
