import json
import os
import random
import re
from datetime import timedelta
from functools import partial
from itertools import chain, product, zip_longest

import psycopg2

from odoo.addons.crm_task_reminder.tests.rights import RightsCommon
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ReplyCommon

#: Questions that are asked in both worlds; the environment may ask for more, or others.
QUESTIONS = int(os.environ.get("REMINDER_QUESTIONS", "1100"))
SEED = os.environ.get("REMINDER_QUESTIONS_SEED", "")
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
#: How the other world differs: by what it has of tasks, and of company B. It is the
#: database that changes it, as nobody else can in so many places at once.
OF_TASKS = """
UPDATE project_task SET name = 'Changed', state = '1_done', priority = '1',
planned_date_begin = planned_date_begin + interval '3 days' WHERE id = ANY(%(ids)s);
UPDATE crm_task_reminder SET duration = duration + 7, state = 'skipped',
due_at = due_at + interval '3 days' WHERE task_id = ANY(%(ids)s);
UPDATE crm_task_reminder_log SET state = 'failed', reason = 'refused', address = id,
recipient_name = 'Changed', task_name = 'Changed' WHERE task_id = ANY(%(ids)s);
UPDATE crm_task_reminder_answer SET kind = 'coming', text = 'Changed'
WHERE task_id = ANY(%(ids)s);
"""
OF_COMPANY = """
UPDATE crm_task_reminder_default SET duration = duration + 7 WHERE company_id = %(b)s;
UPDATE crm_task_reminder_log SET address = CASE channel WHEN 'sms' THEN '+48600100298'
ELSE 'changed@b.example' END WHERE company_id = %(b)s AND operation = 'customer';
UPDATE hr_employee SET name = 'Changed', mobile_phone = '+48600100299'
WHERE company_id = %(b)s;
UPDATE project_project SET reminder_place = 'Changed' WHERE company_id = %(b)s;
"""


@tagged("post_install", "-at_install")
class TestTwoWorlds(RightsCommon, ReplyCommon):
    """Two worlds that differ in what is hidden alone answer alike.

    Whoever may not see something asks all that can be asked over the API: forms that
    name it, defaults, imports, searches, groups, buttons, windows. The words of a
    refusal are an answer, too.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        third = cls._create_company("Third")
        cls.users["user of a third company"] = cls._create_user(
            "third", "Teresa", "600 100 211", "project.group_project_manager", third
        )
        cls.b_customer = cls.customer.copy({"company_id": cls.other.id})
        cls.employee.company_id = cls.other
        cls.other.write(
            {"reminder_customer_default": True, "reminder_operator_default": True}
        )
        cls.invited = cls.project.copy({"privacy_visibility": "followers"})
        cls.invited.message_subscribe(cls.operator.partner_id.ids)
        cls.foreign_project.reminder_place = "Polna 3"

    def setUp(self):
        super().setUp()
        a, b = self.company, self.other
        self.own = self._create(a, user_ids=self.users["project user of A"].ids)
        self.hidden = self._create(b, project_id=self.foreign_project.id)
        self.hidden += self._create(a, project_id=self.invited.id)
        self.hidden += self._create(a, project_id=False)
        self._create(b, project_id=self.shared_project.id, company_id=False)
        self.pass_time(days=1)
        self.run_service()
        for task in self.hidden:
            self.answer(task, "other", text="Friday?")
            task.planned_date_begin += timedelta(days=1)
        self.env.flush_all()

    def _create(self, company, **values):
        """Create a task with reminders in the name of a company, two due in a day."""
        task = self.env["project.task"].create(
            {
                "name": "Secret",
                "company_id": company.id,
                "user_ids": self.operator.ids,
                "planned_date_begin": self.now + timedelta(days=1, hours=1),
                "reminder_customer_ids": [],
                "reminder_operator_ids": [],
                **values,
            }
        )
        is_b = company == self.other
        task.partner_id = self.b_customer if is_b else self.customer
        task.reminder_employee_ids = self.employee if is_b else False
        link = {"task_id": task.id, "company_id": company.id}
        lines = [
            self.line(**link, duration=2),
            self.line("operator", "email", **link, duration=2),
            self.line(**link, duration=5, unit="minutes"),
            self.line(**link, moment="moved"),
        ]
        context = {"allowed_company_ids": company.ids}
        self.env["crm.task.reminder"].with_context(**context).create(lines)
        return task

    # ------------------------------------------------------------------
    # Questions
    # ------------------------------------------------------------------

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

    # ------------------------------------------------------------------
    # The worlds
    # ------------------------------------------------------------------

    def _find_hidden(self, env):
        """Return the tasks that a user may not see, and all else that is hidden."""
        tasks = self.hidden.with_env(env)
        tasks = (tasks - tasks._filtered_access("read")).with_env(self.env)
        names = ("reminder_ids", "reminder_answer_ids", "reminder_link_ids")
        found = [
            task[name] for task in tasks for name in (*names, "reminder_notice_ids")
        ]
        found += [*tasks, *map(self.rows, tasks), self.other, self.b_customer]
        found += [self.employee, self.other.reminder_default_customer_ids]
        return tasks, [*found, self.foreign_project]

    def _change(self, tasks):
        """Change tasks, company B and all that belongs to them."""
        self.env.cr.execute(OF_TASKS, {"ids": tasks.ids})
        self.env.cr.execute(OF_COMPANY, {"b": self.other.id})
        self.env.invalidate_all()
        self.b_customer.write({"phone": "+48600100298", "email": "changed@b.example"})
        # whether B can send is told with its lines, to who may read the task
        self.other.write(
            {"reminder_hourly_limit": 7, "reminder_operator_default": False}
        )
        self.env.flush_all()

    def _choose(self, who, questions):
        """Return questions in random order, of each kind as many."""
        random.Random(f"{who} {SEED}").shuffle(questions := list(questions))
        kinds = {}
        for what, way in questions:
            kinds.setdefault(re.split("[ _]", what)[0], []).append((what, way))
        return list(filter(None, chain(*zip_longest(*kinds.values()))))

    @mute_logger("odoo.models.unlink", "odoo.addons.base.models.ir_rule", "odoo.sql_db")
    def test_a02_what_is_hidden_makes_no_difference(self):
        users = [who for who in self.users if "B" not in who]
        for who in users:
            user = self.users[who]
            context = {"allowed_company_ids": user.company_ids.ids}
            env = self.env(user=user, context=context)
            tasks, hidden = self._find_hidden(env)
            questions = self._choose(who, self._make_questions(env, hidden))
            questions = questions[: QUESTIONS // len(users)]
            before = [self._ask(way) for _what, way in questions]
            with self.env.cr.savepoint(flush=False) as savepoint:
                self._change(tasks)
                after = [self._ask(way) for _what, way in questions]
                savepoint.rollback()
                self.env.cr.clear()
                self.env.invalidate_all(flush=False)
            for (what, _way), one, other in zip(questions, before, after, strict=True):
                same = len(os.path.commonprefix([one, other]))
                around = slice(max(0, same - 60), same + 40)
                self.assertEqual(one[around], other[around], f"{who}: {what}")
