"""All that somebody can ask over the API about what is hidden from them."""

import json
import re
from functools import partial
from itertools import product

import psycopg2

from odoo.addons.crm_task_reminder.tests.rights import RightsCommon
from odoo.exceptions import AccessError, MissingError, UserError

from .common import ReplyCommon

#: Models that are ours, and those of Odoo in which much is ours.
OURS = ("crm.task.reminder", "sms.smsapi")
SHARED = ("project.task", "project.project", "res.company", "res.partner")
MANY = ("one2many", "many2many")
CONDITIONS = (("!=", False), ("ilike", "Changed"), (">", 6))
#: What is said to who asks for what is not for them, or for nonsense.
REFUSALS = (AccessError, MissingError, UserError, psycopg2.Error)
REFUSALS += (AssertionError, TypeError, ValueError)
#: What no two answers have in common: new ids, addresses in memory.
NOISE = re.compile(r"NewId_?\S*|0x[0-9a-f]+|__export__\S+")


class QuestionsCommon(RightsCommon, ReplyCommon):
    """Questions to records that one may see, by what one may not.

    A test has the task that may be seen as ``own``.
    """

    def _ask(self, way):
        """Return what somebody is told, and leave everything as it was."""
        self.env.invalidate_all(flush=False)
        savepoint = self.env.cr.savepoint(flush=False)
        try:
            told = str(way())
            self.env.flush_all()
        except REFUSALS as error:
            told = f"{type(error).__name__}: {error}"
        finally:
            savepoint.rollback()
            self.env.cr.clear()
            self.env.invalidate_all(flush=False)
        return NOISE.sub("", told)

    def _get_names(self, model, may_be_many=True):
        """Return our fields of a model that the user may read."""
        is_ours = model._name.startswith(OURS)
        return [
            name
            for name, field in model._fields.items()
            if model._has_field_access(field, "read")
            and (may_be_many or field.type not in MANY)
            and (is_ours or str(field._modules).count("crm_task_reminder"))
        ]

    def _make_spec(self, model, names):
        """Return what a view with these fields, and those of its lines, asks for."""
        spec = dict.fromkeys(names, {})
        for name in names:
            field = model._fields[name]
            if field.type in MANY:
                lines = model.env[field.comodel_name]
                is_ours = lines._name.startswith(OURS)
                plain = self._get_names(lines, may_be_many=False) if is_ours else []
                spec[name] = {"fields": dict.fromkeys(plain, {})}
        return spec

    def _make_questions(self, env, hidden):
        """Yield what a user can ask, in words, and a function that asks it."""
        for name in env:
            if env[name]._abstract or not name.startswith((*OURS, *SHARED)):
                continue
            model = env[name]
            names = self._get_names(model)
            yield from self._ask_for_all(model, names)
            for records in hidden:
                if records and records._name == name:
                    yield from self._ask_for_records(records.with_env(env), names)
                for field in model._fields.values():
                    if records and field.comodel_name == records._name:
                        yield from self._ask_by_form(model, names, field, records.ids)

    def _ask_for_records(self, records, names):
        """Yield what can be done with records that one can't find."""
        one, edit = records[:1], records.env["crm.task.reminder.edit"]
        many = {"task_ids": one.ids, "operation": "remove", "audience": "customer"}
        ways = {
            "read": partial(records.read, names),
            "export": partial(records.export_data, names),
            "web_read": lambda: one.web_read(self._make_spec(one, names)),
            "delete": one.unlink,
            "name": lambda: one.name_search("", [("id", "in", one.ids)]),
            "many": lambda: edit.create(many).action_apply(),
            "import": lambda: one.load([".id", "name"], [[str(one.id), "x"]]),
        }
        for name in dir(type(one)):
            if name.startswith("action_") and "reminder" in one._name + name:
                ways[name] = getattr(one, name)
        ways |= {f"write {name}": partial(one.write, {name: False}) for name in names}
        for what, way in ways.items():
            yield f"{what} {one}", way

    def _ask_for_all(self, model, names):
        """Yield what leads to records without naming them: by what they hold."""
        search = model.with_context(active_test=False).search
        spec = self._make_spec(model, names)
        yield f"list {model}", lambda: model.search_read([], names)
        yield f"web list {model}", lambda: model.web_search_read([], spec)
        yield f"export {model}", lambda: search([]).export_data(names)
        yield f"names {model}", lambda: model.name_search("Changed", limit=None)
        yield f"count {model}", lambda: model.formatted_read_group([], [], ["__count"])
        for name in names:
            group = partial(model.formatted_read_group, [], [name], ["__count"])
            yield f"group {model} {name}", group
            yield f"sort {model} {name}", partial(search, [], order=f"{name}, id")
            paths = [name]
            if model._fields[name].relational:
                lines = model.env[model._fields[name].comodel_name]
                paths += [f"{name}.{one}" for one in self._get_names(lines)]
                columns = [path.replace(".", "/") for path in paths]
                export = partial(lambda one: search([]).export_data(one), columns)
                yield f"export {model} {name}", export
            for path, (operator, value) in product(paths, CONDITIONS):
                domain = [(path, operator, value)]
                yield f"search {model} {domain}", partial(search, domain, order="id")

    def _ask_by_form(self, model, names, field, ids):
        """Yield what a form, a default or an import is told that names records."""
        name, is_many = field.name, field.type in MANY
        values = [ids[0], {"id": ids[0]}]
        values = [[[6, 0, ids]], [[4, ids[0], 0]]] if is_many else values
        own = {"project.task": self.own, "crm.task.reminder": self.own.reminder_ids[:1]}
        saved = own.get(model._name, model).with_env(model.env)
        spec = self._make_spec(model, {*names, name})
        starts = (model, saved) if saved else (model,)
        for record, value, changed in product(starts, values, ([], [name])):
            form = json.dumps({name: value})
            ask = partial(self._ask_form, record, form, changed, spec)
            yield f"form {record} {form} {changed}", ask
        default = {f"default_{name}": ids if is_many else ids[0]}
        window = model.with_context(**default)
        yield f"default {model} {name}", lambda: window.onchange({}, [], spec)
        table = [f"{name}/.id"], [[str(ids[0])]]
        yield f"import {model} {name}", lambda: model.load(*table)["messages"]
        plain = [one for one in names if not model._fields[one].relational]
        save = {name: values[0]}
        if saved:
            yield (
                f"save {saved} {name}",
                lambda: saved.write(save) and saved.read(plain),
            )

    def _ask_form(self, record, form, changed, spec):
        return record.onchange(json.loads(form), changed, spec)
