"""What a person waits for: a task's form, a list and cards of tasks.

With the addon and without, each in a database of its own, by one process that turns
from one to the other. Runs inside Odoo.
"""

import time
from contextlib import closing

from lxml import etree

from odoo import SUPERUSER_ID, api, fields
from odoo.fields import Command
from odoo.modules.registry import Registry

FORM = "project.view_task_form2"
LISTS = ("project.project_task_view_tree_base", "project.view_task_kanban")
#: The page of the form that is read when it is opened, see its `reminder_tab.js`.
CLOSED_PAGE = "reminders_page"
#: Tasks in a list, and cards.
LIMIT = 80
#: How often each is opened before it is timed: views are compiled, rights are known.
WARM_UP = 3


def open_screens(env, plain, rounds):
    """Open a task, change its customer, list tasks: the requests of a browser.

    :param str plain: name of a database without the addon
    :return dict: "form" and "list", each "with" and "without" → milliseconds, one for
        each round
    """
    times = {name: {"with": [], "without": []} for name in ("form", "list")}
    with closing(Registry(plain).cursor()) as cursor:
        without = api.Environment(cursor, SUPERUSER_ID, {})
        screens = {"with": Screens(env), "without": Screens(without)}
        for turn in range(-WARM_UP, rounds):
            for name in times:
                for which, screen in screens.items():
                    milliseconds = screen.time(name)
                    if turn >= 0:
                        times[name][which].append(milliseconds)
        cursor.rollback()
    return times


class Screens:
    """A project manager with a project of 80 tasks, in one database."""

    def __init__(self, env):
        user = env["res.users"].with_context(no_reset_password=True)
        group = env.ref("project.group_project_manager")
        user = user.create(
            {
                "name": "Reader",
                "login": "bench-reader",
                "email": "reader@bench.example",
                "group_ids": [Command.link(group.id)],
            }
        )
        customers = env["res.partner"].create([{"name": "One"}, {"name": "Another"}])
        project = env["project.project"].create({"name": "Screens"})
        tasks = env["project.task"].create(
            [
                {
                    "name": f"Boiler {number}",
                    "project_id": project.id,
                    "partner_id": customers[0].id,
                    "user_ids": [Command.set(user.ids)],
                }
                for number in range(LIMIT)
            ]
        )
        env.flush_all()
        if "crm.task.reminder" in env:
            _add_lines(tasks)
            env.flush_all()
        self.env = env(user=user)
        self.task = tasks[0].with_env(self.env)
        self.other = customers[1].id
        self.domain = [("project_id", "=", project.id)]
        self.form = _specify(self.env, FORM)
        self.lists = [_specify(self.env, view) for view in LISTS]

    def time(self, name):
        """Return how many milliseconds it takes to open a screen."""
        self.env.invalidate_all()
        start = time.perf_counter()
        getattr(self, f"_open_{name}")()
        return 1000 * (time.perf_counter() - start)

    def _open_form(self):
        self.task.web_read(self.form)
        self.env.invalidate_all()  # the change is a request of its own
        self.task.onchange({"partner_id": self.other}, ["partner_id"], self.form)

    def _open_list(self):
        for specification in self.lists:
            self.env.invalidate_all()
            tasks = self.env["project.task"]
            tasks.web_search_read(self.domain, specification, limit=LIMIT)


def _add_lines(tasks):
    """Give tasks two reminders for each audience, in three days."""
    tasks.write(
        {"planned_date_begin": fields.Datetime.add(fields.Datetime.now(), days=3)}
    )
    tasks.env["crm.task.reminder"].create(
        [
            {"task_id": task.id, "audience": audience, "channel": channel}
            for task in tasks
            for audience in ("customer", "operator")
            for channel in ("email", "sms")
        ]
    )


def _specify(env, view):
    """Return what a browser reads for a view of tasks, the closed tab left out."""
    # sudo: views are the administrators', what they show is the reader's
    view, tasks = env(su=True).ref(view), env["project.task"]
    arch = etree.fromstring(tasks.get_view(view.id, view.type)["arch"])
    for page in arch.xpath(f"//page[@name='{CLOSED_PAGE}']"):
        page.getparent().remove(page)
    return _specify_fields(env, tasks, arch)


def _specify_fields(env, model, arch):
    specification = {}
    for node in arch.xpath(".//field"):
        outer = next(node.iterancestors("field"), None)
        if outer is not (arch if arch.tag == "field" else None):
            continue
        field = model._fields[node.get("name")]
        values = specification[field.name] = {}
        if field.type == "many2one":
            values["fields"] = {"display_name": {}}
        elif field.type in ("one2many", "many2many") and len(node):
            comodel = env[field.comodel_name]
            values["fields"] = _specify_fields(env, comodel, node)
    return specification
