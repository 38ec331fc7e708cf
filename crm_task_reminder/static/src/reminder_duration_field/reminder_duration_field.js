import { useEffect, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useInputField } from "@web/views/fields/input_field_hook";
import { IntegerField, integerField } from "@web/views/fields/integer/integer_field";
import { useNumpadDecimal } from "@web/views/fields/numpad_decimal_hook";
import { parseWhole } from "../whole_number";

/**
 * The longest time before the start, as in tools/schedule.py.
 */
const MAXIMA = { minutes: 366 * 24 * 60, hours: 366 * 24, days: 366, weeks: 52 };

/**
 * A time before the start. Odoo takes an empty one for 0, and tells nobody what is
 * wrong with another one before it is saved. The start itself is another choice, see
 * reminder_timing_field.js.
 */
export class ReminderDurationField extends IntegerField {
    static template = "crm_task_reminder.ReminderDurationField";

    /**
     * Not the parent's: that has a parser of its own.
     */
    setup() {
        this.state = useState({ hasFocus: false, typed: null });
        const input = useInputField({
            getValue: () => this.formattedValue,
            refName: "numpadDecimal",
            parse: (text) => this.parse(text),
        });
        useNumpadDecimal();
        useEffect(
            () => this.parseAgain(input.el),
            () => [this.unit]
        );
        useEffect(
            () => {
                this.state.typed = null;
            },
            () => [this.value]
        );
    }

    get unit() {
        return this.props.record.data.duration_unit;
    }

    /**
     * What is wrong with what was typed. Not kept: another unit may make it right.
     */
    get problem() {
        return this.state.typed === null ? "" : this.findProblem(this.state.typed);
    }

    onInput(ev) {
        this.state.typed = ev.target.value;
    }

    parse(text) {
        this.state.typed = text;
        if (this.problem) {
            throw new Error(this.problem);
        }
        return parseWhole(text);
    }

    /**
     * Takes what was refused before the unit was changed. Odoo's hook does so at its own
     * events alone. Who still types is left alone.
     */
    parseAgain(input) {
        if (this.state.typed !== null && input && input !== document.activeElement) {
            input.dispatchEvent(new InputEvent("input", { bubbles: true }));
            input.dispatchEvent(new Event("change", { bubbles: true }));
        }
    }

    /**
     * Returns in words what is wrong with what was typed, an empty text if nothing is.
     */
    findProblem(text) {
        if (!text.trim()) {
            return _t("How long?");
        }
        let number;
        try {
            number = parseWhole(text);
        } catch {
            return _t("A whole number, please.");
        }
        if (number < 1) {
            return _t("1 or more, please.");
        }
        const maximum = MAXIMA[this.unit];
        return number > maximum ? _t("At most one year.") : "";
    }
}

registry.category("fields").add("reminder_duration", {
    ...integerField,
    component: ReminderDurationField,
    fieldDependencies: [{ name: "duration_unit", type: "selection" }],
});
