import { Component, onMounted, onWillDestroy, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { useService } from "@web/core/utils/hooks";

/**
 * Has many records worked on in batches, and shows how far it is. Whoever closes it stops
 * it after the batch in hand: what is done stays done.
 */
export class ReminderProgressAction extends Component {
    static template = "crm_task_reminder.ReminderProgressAction";
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.params = this.props.action.params;
        this.total = this.params.ids.length;
        this.state = useState({ done: 0, refused: {}, error: "", isRunning: true });
        onMounted(() => this.run());
        onWillDestroy(() => {
            this.state.isRunning = false;
        });
    }

    get percentage() {
        return Math.round((100 * this.state.done) / this.total);
    }

    get status() {
        return _t("%(done)s of %(total)s done", {
            done: this.state.done - this.refusedCount,
            total: this.total,
        });
    }

    get refusedCount() {
        const counts = Object.values(this.state.refused);
        return counts.reduce((sum, count) => sum + count, 0);
    }

    async run() {
        const { ids, size } = this.params;
        while (this.state.isRunning && this.state.done < this.total) {
            const batch = ids.slice(this.state.done, this.state.done + size);
            try {
                const refused = await this.runBatch(batch);
                for (const [reason, count] of Object.entries(refused || {})) {
                    const former = this.state.refused[reason] || 0;
                    this.state.refused[reason] = former + count;
                }
                this.state.done += batch.length;
            } catch (error) {
                this.state.error = error.data?.message || error.message;
                break;
            }
        }
        this.state.isRunning = false;
    }

    runBatch(batch) {
        const { model, method, leading_args: leadingArgs } = this.params;
        return this.orm.call(model, method, [...leadingArgs, batch]);
    }

    close() {
        this.action.doAction({ type: "ir.actions.act_window_close" });
    }
}

registry.category("actions").add("crm_task_reminder.progress", ReminderProgressAction);
