import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { integerField } from "@web/views/fields/integer/integer_field";
import { ReminderDurationField } from "../reminder_duration_field/reminder_duration_field";
import { parseWhole } from "../whole_number";

/**
 * As in models/line/repeat: how often a reminder is sent at most, and the longest time
 * between two.
 */
const MAX_COUNT = 50;
const MAX_EVERY = { hours: 366 * 24, days: 366 };

/**
 * How often a reminder is repeated; what can't be is told while it is typed.
 */
export class ReminderCountField extends ReminderDurationField {
    get unit() {
        return this.props.record.data.repeat_unit;
    }

    findProblem(text) {
        let number;
        try {
            number = parseWhole(text);
        } catch {
            return _t("A whole number, please.");
        }
        if (this.props.name === "repeat_count") {
            return number < 2 || number > MAX_COUNT
                ? _t("2 to %s times, please.", MAX_COUNT)
                : "";
        }
        if (!text.trim() || number < 1) {
            return _t("1 or more, please.");
        }
        const maximum = MAX_EVERY[this.unit];
        return number > maximum ? _t("At most one year.") : "";
    }
}

registry.category("fields").add("reminder_count", {
    ...integerField,
    component: ReminderCountField,
    fieldDependencies: [{ name: "repeat_unit", type: "selection" }],
});
