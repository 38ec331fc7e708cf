import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import {
    SelectionField,
    selectionField,
} from "@web/views/fields/selection/selection_field";
import { nameUnit } from "../reminder_timing_field/reminder_timing_field";

/**
 * What a unit is called in the list when there is more than one of it.
 */
const SEVERAL = { hours: "several_hours", days: "several_days" };

/**
 * Whether a reminder is repeated, and if so whether each hour or day or after several
 * of them. Only of several there is a number to be said; it stands before this field,
 * so that what is read is “every day” or “every 2 days”.
 */
export class ReminderRepeatField extends SelectionField {
    /**
     * What is chosen in the list: the unit, or that there are several of it.
     */
    get value() {
        const { repeat_unit, repeat_every } = this.props.record.data;
        return repeat_every === 1 ? repeat_unit : SEVERAL[repeat_unit] || false;
    }

    get options() {
        const every = this.props.record.data.repeat_every;
        const several = [
            ["hours", _t("every … hours")],
            ["days", _t("every … days")],
        ].map(([unit, label]) => {
            const isChosen = this.value === SEVERAL[unit];
            return [SEVERAL[unit], isChosen ? nameUnit(unit, every) : label];
        });
        const each = [
            [false, _t("once")],
            ["hours", _t("every hour")],
            ["days", _t("every day")],
        ];
        return [...each, ...several];
    }

    get string() {
        return this.options.find(([value]) => value === this.value)[1];
    }

    onChange(value) {
        const several = Object.keys(SEVERAL).find((unit) => SEVERAL[unit] === value);
        const every = this.props.record.data.repeat_every;
        this.props.record.update({
            repeat_unit: several || value || false,
            repeat_every: several ? Math.max(every, 2) : 1,
        });
    }
}

registry.category("fields").add("reminder_repeat", {
    ...selectionField,
    component: ReminderRepeatField,
    fieldDependencies: [{ name: "repeat_every", type: "integer" }],
});
