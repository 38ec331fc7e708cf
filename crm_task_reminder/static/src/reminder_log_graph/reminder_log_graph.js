import { cookie } from "@web/core/browser/cookie";
import { registry } from "@web/core/registry";
import { GraphRenderer } from "@web/views/graph/graph_renderer";
import { graphView } from "@web/views/graph/graph_view";

/**
 * What the states of messages look like elsewhere, as the names of colours: the badges of
 * the log. Those of Odoo's themes can't be read from a chart.
 */
const COLORS = {
    sent: "#28a745",
    delivered: "#1e7e34",
    finished: "#28a745",
    failed: "#dc3545",
    skipped: "#ffac00",
    missed: "#d98200",
    unconfirmed: "#fd7e14",
    queued: "#17a2b8",
    sending: "#0f6674",
    running: "#17a2b8",
};
const UNKNOWN = cookie.get("color_scheme") === "dark" ? "#5a5e6b" : "#adb5bd";

/**
 * The chart of the log: counts are whole numbers, and a state has the colour of its badge.
 */
export class ReminderLogGraphRenderer extends GraphRenderer {
    getBarChartData() {
        const data = super.getBarChartData();
        const states = this.model.metaData.fields.state.selection;
        for (const dataset of data.datasets) {
            const state = states.find(([, label]) => label === dataset.label);
            if (state) {
                dataset.backgroundColor = COLORS[state[0]] || UNKNOWN;
            }
        }
        return data;
    }

    getScaleOptions() {
        const scales = super.getScaleOptions();
        if (scales.y && this.model.metaData.measure === "__count") {
            scales.y.ticks.precision = 0;
        }
        return scales;
    }

    formatValue(value, allIntegers = true, formatType = "") {
        return super.formatValue(
            value,
            allIntegers || Number.isInteger(value),
            formatType
        );
    }
}

registry.category("views").add("crm_task_reminder_log_graph", {
    ...graphView,
    Renderer: ReminderLogGraphRenderer,
});
