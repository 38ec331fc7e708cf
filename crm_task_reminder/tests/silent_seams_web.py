"""What the addon counts on in Odoo's web client."""

from .silent_seams import Silent

WINDOW_FORM = "static/src/reminder_settings_form/reminder_settings_form.js"
LINES_FIELD = "static/src/reminder_lines_field/reminder_lines_field.js"
TAB = "static/src/reminder_tab/reminder_tab.js"
TAB_PARSER = "static/src/reminder_tab/form_arch_parser.js"
PHONE_FIELD = "static/src/reminder_phone_field/reminder_phone_field.xml"
FORM_CONTROLLER = "web/static/src/views/form/form_controller.js"
LIST_RENDERER = "web/static/src/views/list/list_renderer"
RECORD = "web/static/src/model/relational_model/record"

SILENT = [
    Silent(
        "the window is saved when the page is left",
        FORM_CONTROLLER,
        "beforeUnload: (ev) => this.beforeUnload(ev)",
        WINDOW_FORM,
        "beforeUnload()",
    ),
    Silent(
        "the window is saved when another tab of the browser is opened",
        FORM_CONTROLLER,
        "beforeVisibilityChange: () => this.beforeVisibilityChange()",
        WINDOW_FORM,
        "beforeVisibilityChange()",
    ),
    Silent(
        "a button of the window saves without a question",
        FORM_CONTROLLER,
        "beforeExecuteAction: this.beforeExecuteActionButton.bind(this)",
        WINDOW_FORM,
        "beforeExecuteActionButton(",
    ),
    Silent(
        "the question whether to save has no answer *stay here*",
        "web/static/src/webclient/settings_form_view/settings_confirmation_dialog.js",
        "this.props.stayHere();",
        WINDOW_FORM,
        "stayHere:",
    ),
    Silent(
        "the window is narrow",
        "web/static/src/webclient/actions/action_service.js",
        "DIALOG_SIZES[action.context.dialog_size]",
        "wizard/crm_task_reminder_settings_views.xml",
        "'dialog_size'",
    ),
    Silent(
        "inputs of the lines have no names for screen readers",
        f"{LIST_RENDERER}.js",
        'this.tableRef = useRef("table")',
        LINES_FIELD,
        "this.tableRef.el",
    ),
    Silent(
        "inputs of the lines have no names for screen readers",
        f"{LIST_RENDERER}.js",
        "o_selected_row",
        LINES_FIELD,
        ".o_selected_row",
    ),
    Silent(
        "rows that are not edited show columns instead of a sentence",
        f"{LIST_RENDERER}.xml",
        't-foreach="getColumns(record)"',
        LINES_FIELD,
        "getColumns(record)",
    ),
    Silent(
        "the sentence of a row is as narrow as its first column",
        f"{LIST_RENDERER}.xml",
        't-att-colspan="column.colspan"',
        LINES_FIELD,
        "colspan: edited.length",
    ),
    Silent(
        "empty rows fill the space under the lines",
        f"{LIST_RENDERER}.xml",
        't-foreach="getEmptyRowIds"',
        LINES_FIELD,
        "get getEmptyRowIds()",
    ),
    Silent(
        "units do not go with their numbers",
        "web/static/src/views/fields/selection/selection_field.js",
        "this.options.map(",
        "static/src/reminder_timing_field/reminder_timing_field.js",
        "get options()",
    ),
    Silent(
        "every day is not among the choices",
        "web/static/src/views/fields/selection/selection_field.js",
        "this.options.map(",
        "static/src/reminder_repeat_field/reminder_repeat_field.js",
        "get options()",
    ),
    Silent(
        "once chosen, several days are the same as each",
        "web/static/src/views/fields/selection/selection_field.xml",
        'value="value" choices="choices" onSelect.bind="onChange"',
        "static/src/reminder_repeat_field/reminder_repeat_field.js",
        "onChange(value)",
    ),
    Silent(
        "the chart counts in fractions where there are few",
        "web/static/src/views/graph/graph_renderer.js",
        "getScaleOptions()",
        "static/src/reminder_log_graph/reminder_log_graph.js",
        "scales.y.ticks.precision = 0",
    ),
    Silent(
        "the chart's bars have other colours than the badges",
        "web/static/src/views/graph/graph_renderer.js",
        "data = this.getBarChartData();",
        "static/src/reminder_log_graph/reminder_log_graph.js",
        "getBarChartData()",
    ),
    Silent(
        "the chart counts in fractions",
        "web/static/src/views/graph/graph_renderer.js",
        "callback: (value) => this.formatValue(value, false,",
        "static/src/reminder_log_graph/reminder_log_graph.js",
        "formatValue(value,",
    ),
    Silent(
        "the pivot says *None* of what was sent",
        "web/static/src/views/pivot/pivot_model.js",
        "metaData.fields[fieldName].falsy_value_label",
        "models/ledger/crm_task_reminder_log.py",
        "falsy_value_label=",
    ),
    Silent(
        "lines are shown by Odoo's own list",
        "web/static/src/views/fields/x2many/x2many_field.js",
        "static components = { Pager, KanbanRenderer, ListRenderer, ViewButton }",
        LINES_FIELD,
        "ListRenderer: ReminderListRenderer",
    ),
    Silent(
        "the fields of the tab are read with every task",
        FORM_CONTROLLER,
        "extractFieldsFromArchInfo( this.archInfo, this.props.fields )",
        TAB_PARSER,
        "delete archInfo.fieldNodes[id]",
    ),
    Silent(
        "the tab is shown without its fields",
        "web/static/src/views/form/form_arch_parser.js",
        'node.setAttribute("field_id", fieldId)',
        TAB_PARSER,
        'getAttribute("field_id")',
    ),
    Silent(
        "the tab is shown without its fields",
        "web/static/src/views/form/form_compiler.js",
        "this.compilers.push( ...compilersRegistry.getAll(),",
        "static/src/reminder_tab/form_compiler.js",
        'registry.category("form_compilers")',
    ),
    Silent(
        "the tab's fields do not know their widgets and labels",
        "web/static/src/views/view_compiler.js",
        "`__comp__.props.archInfo.fieldNodes['${fieldId}']`",
        TAB,
        "Object.assign(this.props.archInfo.fieldNodes",
    ),
    Silent(
        "what has been changed in the tab is not saved with the form",
        f"{RECORD}.js",
        "_applyValues(values) { const newValues = this._parseServerValues(values);",
        TAB,
        "record._applyValues(values)",
    ),
    Silent(
        "the tab is empty once Odoo has replaced values of its cache",
        f"{RECORD}.js",
        "_setData(data, { orderBys, keepChanges } = {})",
        TAB,
        "_setData: setData",
    ),
    Silent(
        "the tab shows a customer who has been replaced",
        f"{RECORD}.js",
        "_applyChanges(changes, serverChanges = {})",
        TAB,
        "record._applyChanges({}, unsaved)",
    ),
    Silent(
        "the customer's numbers are not proposed",
        "web/static/src/views/fields/char/char_field.xml",
        't-att-id="props.id"',
        PHONE_FIELD,
        't-inherit="web.CharField"',
    ),
    Silent(
        "everybody is told of what is changed in many rows of a list",
        "web/static/src/model/relational_model/dynamic_list.js",
        "this.model.orm.webSaveMulti(",
        "models/sending/notice/project_task.py",
        "def web_save_multi",
    ),
]
