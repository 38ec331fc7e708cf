"""What a task's form, its list and its cards cost beside the same without the addon."""

from datetime import timedelta

from lxml import etree

from odoo.tests import tagged

from .common import ReminderCommon

ADDON = "crm_task_reminder"
TAB = "reminders_page"


@tagged("post_install", "-at_install")
class TestFormCost(ReminderCommon):
    """Counted in queries, as the browser asks: with what its views have."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.assignee
        cls.user.group_ids += cls.env.ref("project.group_project_manager")

    def _get_specification(self, view, is_open=False, own=True):
        """Return what a browser reads for a view of tasks.

        :param str view: external id
        :param bool is_open: whether the tab of the reminders is
        :param bool own: whether to read what the addon has added
        """
        tasks = self.env["project.task"].with_user(self.user)
        view = self.env.ref(view)
        arch = etree.fromstring(tasks.get_view(view.id, view.type)["arch"])
        names = set()
        for node in arch.xpath("//field[not(ancestor::field)]"):
            pages = {page.get("name") for page in node.iterancestors("page")}
            if is_open or TAB not in pages:
                names.add(node.get("name"))
        return {
            name: self._get_field_specification(tasks._fields[name])
            for name in sorted(names)
            if own or tasks._fields[name]._module != ADDON
        }

    @staticmethod
    def _get_field_specification(field):
        return {"fields": {"display_name": {}}} if field.type == "many2one" else {}

    def _count(self, function):
        """Return how many queries a request makes, once what never changes is known."""
        for _turn in range(2):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            function()
        return self.env.cr.sql_log_count - before

    def _create_four_lines(self):
        return self.create_task(
            self.line(),
            self.line("operator"),
            self.line(channel="email"),
            self.line("operator", "email"),
        )

    def _read(self, task, **options):
        spec = self._get_specification("project.view_task_form2", **options)
        return self._count(lambda: task.with_user(self.user).web_read(spec))

    def _change_customer(self, task, **options):
        spec = self._get_specification("project.view_task_form2", **options)
        other = self.env["res.partner"].create({"name": "Other"})
        values = {"partner_id": other.id}
        task = task.with_user(self.user)
        return self._count(lambda: task.onchange({**values}, ["partner_id"], spec))

    def _create_task_of_all_companies(self):
        self.project.company_id = False
        task = self._create_four_lines()
        self.assertFalse(task.company_id)
        self.assertEqual(len(task.reminder_ids), 4)
        return task

    def test_form_with_its_tab_closed(self):
        task = self._create_four_lines()
        plain = self._read(task, own=False)
        closed = self._read(task)
        self.assertLessEqual(closed, plain + 1)
        self.assertGreater(self._read(task, is_open=True), closed + 5)

    def test_form_of_a_task_of_all_companies(self):
        """Whether the tab is there depends on the lines' companies: by one query."""
        task = self._create_task_of_all_companies()
        plain = self._read(task, own=False)
        self.assertLessEqual(self._read(task), plain + 2)

    def test_form_with_something_in_the_log(self):
        task = self._create_four_lines()
        plain = self._read(task, own=False)
        self.env["crm.task.reminder.log"].create(
            {
                "operation": "customer",
                "company_id": self.company.id,
                "task_id": task.id,
                "state": "sent",
            }
        )
        self.assertLessEqual(self._read(task), plain + 2)
        self.assertEqual(task.with_user(self.user).reminder_log_count, 1)

    def test_change_of_the_customer_with_the_tab_closed(self):
        task = self._create_four_lines()
        plain = self._change_customer(task, own=False)
        closed = self._change_customer(task)
        self.assertLessEqual(closed, plain)
        self.assertGreater(self._change_customer(task, is_open=True), closed + 5)

    def test_change_of_the_customer_of_a_task_of_all_companies(self):
        task = self._create_task_of_all_companies()
        plain = self._change_customer(task, own=False)
        self.assertLessEqual(self._change_customer(task), plain + 1)

    def test_list_and_cards(self):
        for _number in range(12):
            self._create_four_lines()
        for view in ("project.project_task_view_tree_base", "project.view_task_kanban"):
            plain, own = (self._list(view, own=own) for own in (False, True))
            self.assertLessEqual(own, plain + 1, view)

    def _list(self, view, **options):
        spec = self._get_specification(view, **options)
        tasks = self.env["project.task"].with_user(self.user)
        domain = [("project_id", "=", self.project.id)]
        return self._count(lambda: tasks.web_search_read(domain, spec, limit=80))

    def test_new_task_whose_tab_is_opened_has_the_companys_lines(self):
        """As the browser asks: what the form has so far is given."""
        self.company.reminder_customer_default = True
        tasks = self.env["project.task"].with_user(self.user)
        form = "project.view_task_form2"
        closed = self._get_specification(form)
        values = tasks.onchange({}, [], closed)["value"]
        values.update(name="Hedge", project_id=self.project.id)
        changes = tasks.onchange({**values}, ["project_id"], closed)["value"]
        self.assertNotIn("reminder_customer_ids", changes)
        values.update(changes)
        values = {k: v["id"] if isinstance(v, dict) else v for k, v in values.items()}
        tab = self._get_specification(form, is_open=True)
        opened = tasks.onchange({**values}, [], tab)["value"]
        self.assertTrue(opened["reminder_customer"])
        self.assertEqual(opened["reminder_customer_setting"], "company")
        self.assertEqual(len(opened["reminder_customer_ids"]), 1)
        task = tasks.create({"name": "Hedge", "project_id": self.project.id})
        self.assertEqual(len(task.reminder_customer_ids), 1)

    def _move(self, task):
        def move():
            task.planned_date_begin = task.planned_date_begin + timedelta(hours=1)
            self.env.flush_all()

        return self._count(move)

    def test_moved_start_of_a_task_with_four_lines(self):
        plain = self._move(self.create_task())
        task = self._create_four_lines()
        own = self._move(task)
        # the project, and the lines once more to write them: they are read as without
        self.assertLessEqual(own, plain + 2)
