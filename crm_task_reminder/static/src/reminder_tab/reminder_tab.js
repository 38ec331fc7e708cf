import { Component, onWillStart, onWillUpdateProps, toRaw, xml } from "@odoo/owl";
import { loadSubViews } from "@web/views/form/form_controller";
import {
    extractFieldsFromArchInfo,
    getBasicEvalContext,
    getFieldsSpec,
    patchActiveFields,
} from "@web/model/relational_model/utils";
import { useService } from "@web/core/utils/hooks";
import { pick } from "@web/core/utils/objects";

/**
 * The tab of a task's reminders, which most people never open: its fields are read when
 * it is. From then on they are fields of the form like any other, changed and saved with
 * it.
 */
export class ReminderTab extends Component {
    static template = xml`<t t-slot="default"/>`;
    static props = { record: Object, archInfo: Object, slots: Object };

    setup() {
        this.viewService = useService("view");
        onWillStart(() => this.load(this.props.record));
        onWillUpdateProps(({ record }) => this.load(record));
    }

    get fieldNodes() {
        return this.props.archInfo.reminderTab.fieldNodes;
    }

    async load(record) {
        if (this.isLoaded(record)) {
            return;
        }
        await loadSubViews(
            this.fieldNodes,
            record.fields,
            record.context,
            record.resModel,
            this.viewService,
            this.env.isSmall
        );
        const { activeFields } = extractFieldsFromArchInfo(
            { fieldNodes: this.fieldNodes },
            record.fields
        );
        // after what has been changed in the form, and before what will be
        await record.model.mutex.exec(() => this.extend(record, activeFields));
        Object.assign(this.props.archInfo.fieldNodes, this.fieldNodes);
    }

    isLoaded(record) {
        const nodes = Object.values(this.fieldNodes);
        return nodes.every(({ name }) => name in record.activeFields);
    }

    /**
     * Adds fields to a record of the form, with their values.
     */
    async extend(record, tabFields) {
        if (this.isLoaded(record)) {
            return;
        }
        const activeFields = { ...tabFields };
        for (const [name, former] of Object.entries(record.activeFields)) {
            if (name in activeFields) {
                patchActiveFields(activeFields[name], former);
            } else {
                activeFields[name] = former;
            }
        }
        const added = Object.keys(tabFields).filter(
            (name) => !(name in record.activeFields)
        );
        const spare = record._getDefaultValues(added);
        const saved = await this.readSaved(record, pick(activeFields, ...added));
        const unsaved = pick(await this.readUnsaved(record, activeFields), ...added);
        // what follows is done in one go: nothing is drawn meanwhile
        record.model._updateConfig(record.config, { activeFields }, { reload: false });
        if (record._activeFieldsToRestore) {
            record._activeFieldsToRestore = { ...activeFields };
        }
        const values = { ...spare, ...(record.isNew ? unsaved : saved) };
        record._applyValues(values);
        if (!record.isNew) {
            record._applyChanges({}, unsaved);
        }
        this.keep(record, values);
    }

    /**
     * Returns what the database has in the fields.
     */
    async readSaved(record, activeFields) {
        if (record.isNew) {
            return {};
        }
        const config = { ...record.config, activeFields };
        const context = getBasicEvalContext(config);
        const [values] = await record.model._loadRecords(config, context);
        return values;
    }

    /**
     * Returns what follows from changes that are not saved yet: of a new record all that
     * there is.
     */
    async readUnsaved(record, activeFields) {
        const changes = record._getChanges(record._changes, { withReadonly: true });
        const changed = Object.keys(changes).filter(
            (name) => record.activeFields[name]?.onChange
        );
        if (!record.isNew && !changed.length) {
            return {};
        }
        const { config, resId, resModel } = record;
        const spec = getFieldsSpec(
            activeFields,
            record.fields,
            getBasicEvalContext(config),
            { withInvisible: true }
        );
        const args = record.isNew ? [[], changes, []] : [[resId], changes, changed];
        const answer = await record.model.orm.call(
            resModel,
            "onchange",
            [...args, spec],
            { context: config.context }
        );
        return answer.value || {};
    }

    /**
     * Keeps the fields' values when the others are replaced: Odoo may show a form from
     * the browser's memory at first, and the present values as soon as they are there.
     */
    keep(record, values) {
        const raw = toRaw(record);
        const { _setData: setData } = raw;
        raw._setData = function (data, options) {
            return setData.call(this, { ...values, ...data }, options);
        };
    }
}
