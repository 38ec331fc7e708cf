import { Component, reactive, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { Dialog } from "@web/core/dialog/dialog";
import { registry } from "@web/core/registry";

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

    get more() {
        const count = this.news.ids.length - this.news.names.length;
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
        const news = reactive({ ids: [], names: [] });

        async function tell() {
            const method = "action_tell_reminder_news";
            const ids = [...news.ids];
            action.doAction(await orm.call("project.task", method, [ids]));
        }

        function ask({ ids, names }) {
            // of several windows the one asks that the user looks at
            if (document.visibilityState === "hidden") {
                return;
            }
            const isOpen = news.ids.length;
            const isFull = news.names.length < news.ids.length;
            news.ids = [...new Set([...news.ids, ...ids])];
            news.names = isFull ? news.names : [...new Set([...news.names, ...names])];
            if (!isOpen) {
                const onClose = () => Object.assign(news, { ids: [], names: [] });
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
