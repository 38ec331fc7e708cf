import { Activity } from "@mail/core/web/activity";
import { patch } from "@web/core/utils/patch";

patch(Activity.prototype, {
    /** Opens the window in which the task's start is moved. */
    async moveReminderStart() {
        const { thread } = this;
        const { action, orm } = this.env.services;
        const window = await orm.call(thread.model, "action_move_reminder_start", [
            [thread.id],
        ]);
        await action.doAction(window, {
            onClose: () => {
                this.props.onActivityChanged(thread);
                this.props.reloadParentView();
            },
        });
    },
});
