import { Component, reactive, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { Dialog } from "@web/core/dialog/dialog";
import { registry } from "@web/core/registry";

/** Tasks that the question names at most. */
const NAMED_TASKS = 5;

/**
 * Asks whether people are to be told of dates that were changed together. Whoever closes
 * it has said no: nobody is told.
 */
export class ReminderNewsQuestion extends Component {
    static template = "crm_task_reminder.ReminderNewsQuestion";
    static components = { Dialog };
    static props = { close: Function, news: Object, tell: Function };

    setup() {
        this.news = useState(this.props.news);
        this.title = _t("Tell people of the changed dates?");
        this.explanation = _t(
            "These dates were set, moved or called off together, or a start was emptied. Nobody has been told."
        );
        this.hint = _t(
            "You can also tell them later: these tasks are under the filter “Date Not Told”."
        );
    }

    get named() {
        return this.news.tasks.slice(0, NAMED_TASKS);
    }

    get more() {
        const count = this.news.tasks.length - this.named.length;
        return count ? _t("and %s more", count) : "";
    }

    tell() {
        this.props.tell();
        this.props.close();
    }
}

/** Opens the question when the server says that there is something to ask. */
export const reminderNewsQuestionService = {
    dependencies: ["action", "bus_service", "dialog", "orm"],
    start(env, { action, bus_service: bus, dialog, orm }) {
        const news = reactive({ tasks: [] });

        async function tell() {
            const ids = news.tasks.map((task) => task.id);
            const method = "action_tell_reminder_news";
            action.doAction(await orm.call("project.task", method, [ids]));
        }

        async function ask({ ids }) {
            // of several windows the one asks that the user looks at
            if (document.visibilityState === "hidden") {
                return;
            }
            const all = [...new Set([...news.tasks.map((task) => task.id), ...ids])];
            // a browser that has just been opened is sent again what is a minute old
            const untold = [
                ["id", "in", all],
                ["reminder_is_untold", "=", true],
                ["active", "in", [true, false]],
            ];
            const tasks = await orm.silent.searchRead("project.task", untold, [
                "display_name",
            ]);
            const isOpen = news.tasks.length;
            news.tasks = tasks;
            if (tasks.length && !isOpen) {
                const onClose = () => Object.assign(news, { tasks: [] });
                dialog.add(ReminderNewsQuestion, { news, tell }, { onClose });
            }
        }

        bus.subscribe("crm_task_reminder.news_question", ask);
        bus.start();
    },
};

registry
    .category("services")
    .add("reminder_news_question", reminderNewsQuestionService);
