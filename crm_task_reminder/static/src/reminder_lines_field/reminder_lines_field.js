import { onWillUpdateProps, useEffect } from "@odoo/owl";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { X2ManyField, x2ManyField } from "@web/views/fields/x2many/x2many_field";
import { ListRenderer } from "@web/views/list/list_renderer";

/**
 * That of two icons.
 */
const BUTTONS_WIDTH = "72px";

/**
 * A row that is not being edited is one sentence over the columns that are edited. Those
 * who hear the screen are told in which column an input is.
 */
export class ReminderListRenderer extends ListRenderer {
    setup() {
        super.setup();
        useEffect(() => this.nameInputs());
    }

    /**
     * Not Odoo's rows that only fill the space of four.
     */
    get getEmptyRowIds() {
        return [];
    }

    /**
     * The buttons need no more than their room, the template all there is.
     */
    processAllColumn(allColumns, list) {
        return super
            .processAllColumn(allColumns, list)
            .map((column) =>
                column.type === "button_group"
                    ? { ...column, attrs: { width: BUTTONS_WIDTH } }
                    : column
            );
    }

    getColumns(record) {
        const columns = super.getColumns(record);
        const sentence = this.allColumns.find(({ name }) => name === "summary");
        const isEdited = ({ type, widget }) =>
            type === "field" && !["handle", "badge"].includes(widget);
        const edited = columns.filter(isEdited);
        if (!sentence || record === this.editedRecord) {
            return this.makeRoom(columns, edited.at(-1), record);
        }
        return columns
            .filter((column) => column === edited[0] || !isEdited(column))
            .map((column) =>
                column === edited[0] ? { ...sentence, colspan: edited.length } : column
            );
    }

    /**
     * Gives the room of cells that have nothing to show to those beside them: of the
     * number to the unit, of the date that news are not counted from to the template, of
     * the state, which nobody edits, to the last one.
     */
    makeRoom(columns, last, record) {
        const find = (field) => columns.find(({ name }) => name === field);
        const isEmpty = (column) =>
            column && this.evalInvisible(column.invisible, record);
        const template = columns.find(({ widget }) => widget === "reminder_template");
        const heirs = new Map();
        for (const column of columns.filter(({ widget }) => widget === "badge")) {
            heirs.set(column, last);
        }
        if (isEmpty(find("duration"))) {
            heirs.set(find("duration"), find("timing"));
        }
        if (isEmpty(find("moment"))) {
            for (const column of [find("moment"), find("time_of_day")]) {
                heirs.set(column, template);
            }
        }
        return columns
            .filter((column) => !heirs.has(column))
            .map((column) => {
                const inherited = [...heirs].filter(
                    ([one, heir]) => heir === column && columns.includes(one)
                );
                return { ...column, colspan: 1 + inherited.length };
            });
    }

    /**
     * Leaves Enter and Space to what is pressed by them: Odoo would edit the row instead
     * of pressing its button. And the link below the rows is no row: Odoo looks for its
     * record, and fails, where Escape has gone there from a row that it left open.
     */
    onCellKeydown(ev, group = null, record = null) {
        const isPressed = ["Enter", " "].includes(ev.key);
        const isButton = isPressed && ev.target.closest(".o_list_button button");
        if (isButton || (!record && this.editedRecord)) {
            return;
        }
        super.onCellKeydown(ev, group, record);
    }

    nameInputs() {
        for (const { name, label } of this.columns) {
            const cell = `.o_selected_row [name="${name}"]`;
            for (const input of this.tableRef.el.querySelectorAll(`${cell} input`)) {
                // a cell may have several, each with a name of its own
                const own = input.closest("[data-label]");
                input.setAttribute("aria-label", own ? own.dataset.label : label);
            }
        }
    }
}

/**
 * The reminders of an audience. To remove one that has been sent is no slip of the hand:
 * an equal one would be sent again.
 */
export class ReminderLinesField extends X2ManyField {
    static components = {
        ...X2ManyField.components,
        ListRenderer: ReminderListRenderer,
    };

    setup() {
        super.setup();
        this.dialog = useService("dialog");
        this.guardSentLines();
        // Odoo makes the actions anew with each update, just before this
        onWillUpdateProps(() => this.guardSentLines());
    }

    guardSentLines() {
        const { onDelete } = this.activeActions;
        if (onDelete) {
            this.activeActions.onDelete = async (record) => {
                if (record.data.state !== "done" || (await this.askToRemove())) {
                    return onDelete(record);
                }
            };
        }
    }

    /**
     * @returns {Promise<boolean>} whether a reminder that has been sent is to go
     */
    askToRemove() {
        return new Promise((resolve) => {
            this.dialog.add(
                ConfirmationDialog,
                {
                    title: _t("Remove a reminder that has been sent?"),
                    body: _t(
                        "What was sent stays in the log. If you add an equal reminder later, it is sent again."
                    ),
                    confirmLabel: _t("Remove"),
                    confirm: () => resolve(true),
                    cancel: () => resolve(false),
                },
                { onClose: () => resolve(false) }
            );
        });
    }
}

registry.category("fields").add("reminder_lines", {
    ...x2ManyField,
    component: ReminderLinesField,
});
