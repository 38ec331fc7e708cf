from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .borders import CompaniesCommon


@tagged("post_install", "-at_install")
class TestCompanies(CompaniesCommon):
    """Each company has its own switch, sender and account."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_project = cls.env["project.project"].create(
            {"name": "Boilers", "company_id": cls.other.id}
        )
        cls.other_customer = cls.env["res.partner"].create(
            {"name": "Karin Kundin", "email": "karin@kundin.example"}
        )

    def _create_in_both(self, **line):
        mine = self.create_task(self.line(channel="email", **line))
        theirs = self.create_task(
            self.line(channel="email", **line),
            project_id=self.other_project.id,
            partner_id=self.other_customer.id,
            user_ids=[],
        )
        return mine, theirs

    def test_r04_one_on_one_off(self):
        self.other.reminder_enabled = False
        mine, theirs = self._create_in_both()
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual(self.addresses, ["karol@klient.example"])
        self.assertEqual(self.rows(mine).company_id, self.company)
        self.assertFalse(self.rows(theirs))

    def test_r04_both_on_each_in_its_own_name(self):
        mine, theirs = self._create_in_both()
        self.pass_time(hours=1)
        self.run_service()
        senders = {mail["email_to"][0]: mail["email_from"] for mail in self.mails}
        self.assertEqual(len(senders), 2)
        for address, sender in senders.items():
            with self.subTest(address=address):
                name = "Olga" if "karol@" in address else "Hanna"
                self.assertIn(f"{name} Operator", sender)
        self.assertEqual(self.servers, set((self.mail_server + self.other_server).ids))
        self.assertEqual(self.rows(mine).company_id, self.company)
        self.assertEqual(self.rows(theirs).company_id, self.other)

    def test_r04_trouble_in_one_does_not_hold_up_the_other(self):
        self.company.reminder_user_id = False
        self._create_in_both()
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual(self.addresses, ["karin@kundin.example"])

    def test_r04_task_shows_whether_the_automat_is_on(self):
        mine, theirs = self._create_in_both()
        self.other.reminder_enabled = False
        self.assertTrue(mine.reminder_enabled)
        self.assertFalse(theirs.reminder_enabled)

    def test_r04_switched_off_nothing_leaves_and_nothing_later(self):
        task = self.create_task(self.line())
        self.company.reminder_enabled = False
        self.pass_time(hours=1)
        self.run_service()
        self.assertFalse(self.texts)
        self.pass_time(minutes=1)
        self.company.reminder_enabled = True
        self.run_service()
        self.assert_reason(task, "before_switch")

    def test_task_without_company_belongs_to_where_it_was_made(self):
        self.project.company_id = False
        task = self.create_task(self.line(channel="email"), company_id=False)
        self.assertFalse(task.company_id)
        self.assertEqual(task.reminder_ids.company_id, self.company)
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual(self.addresses, ["karol@klient.example"])
        self.assertEqual(self.rows(task).company_id, self.company)

    def test_task_moved_to_another_company(self):
        task = self.create_task(self.line(channel="email"), user_ids=[])
        task.partner_id = self.other_customer
        task.project_id = self.other_project
        self.assertEqual(task.reminder_ids.company_id, self.other)
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual(self.servers, {self.other_server.id})

    def test_r08_defaults_are_those_of_the_tasks_company(self):
        """A user who works in one company creates a task in another."""
        self.company.reminder_customer_default = True
        self.other.reminder_customer_default = True
        self.other.reminder_default_customer_ids.duration = 3
        user = self._create_user("both", "Berta Both")
        user.company_ids += self.other
        task = (
            self.env["project.task"]
            .with_user(user)
            .with_context(allowed_company_ids=(self.company + self.other).ids)
            .create({"name": "Boiler", "project_id": self.other_project.id})
        )
        self.assertEqual(task.reminder_customer_ids.company_id, self.other)
        self.assertEqual(task.reminder_customer_ids.duration, 3)

    def test_r08_form_follows_the_project_to_its_company(self):
        self.company.reminder_customer_default = True
        self.other.reminder_customer_default = True
        self.other.reminder_default_customer_ids.duration = 3
        tasks = self.env["project.task"].with_context(
            allowed_company_ids=(self.company + self.other).ids
        )
        form = Form(tasks)
        form.name = "Boiler"
        form.project_id = self.project
        self.assertEqual(form.reminder_customer_ids.edit(0).duration, 1)
        form.project_id = self.other_project
        task = form.save()
        self.assertEqual(task.reminder_customer_ids.mapped("duration"), [3])
        self.assertEqual(task.reminder_customer_ids.company_id, self.other)

    def test_reminder_belongs_to_the_company_of_its_task(self):
        task = self.create_task()
        reminder = self.env["crm.task.reminder"].create(
            self.line(task_id=task.id, company_id=self.other.id)
        )
        self.assertEqual(reminder.company_id, self.company)
        with self.assertRaises(ValidationError):
            reminder.company_id = self.other

    def test_nobody_sends_in_the_name_of_a_company_that_is_not_theirs(self):
        self.project.company_id = False
        task = self.create_task(company_id=False)
        self.env.flush_all()
        reminders = self.env["crm.task.reminder"].with_user(self.assignee)
        with self.assertRaisesRegex(AccessError, "Wärmewerk"):
            reminders.create(self.line(task_id=task.id, company_id=self.other.id))

    def test_task_of_no_company_is_copied_for_ones_own_company(self):
        self.project.company_id = False
        task = self.create_task(self.line(), company_id=False)
        self.assertEqual(task.reminder_ids.company_id, self.company)
        self.env.flush_all()
        self.env.invalidate_all()
        tasks = self.env["project.task"].with_user(self.other_sender)
        tasks = tasks.with_context(allowed_company_ids=self.other.ids)
        copy = tasks.browse(task.id).copy()
        self.assertEqual(copy.reminder_customer_ids.company_id, self.other)
        self.assertEqual(task.reminder_ids.company_id, self.company)

    def test_each_company_speaks_of_itself_about_a_task_of_none(self):
        self.project.company_id = False
        self.other.phone = "+493012345678"
        task = self.create_task(self.line("operator"), company_id=False)
        self.env.flush_all()
        self.env.invalidate_all()
        theirs = self.line(task_id=task.id, duration=90, unit="minutes")
        reminders = self.env["crm.task.reminder"].with_user(self.other_sender)
        reminders.with_context(allowed_company_ids=self.other.ids).create(theirs)
        self.env.flush_all()
        self.env.invalidate_all()
        self.pass_time(hours=1)
        self.run_service()
        texts = dict(self.texts)
        for number, name, phone in (
            ("+48600100200", "Wärmewerk", "+493012345678"),
            ("+48600100201", "Zielony Dom", "+48221234567"),
        ):
            self.assertIn(f"{name}: ", texts[number])
            self.assertIn(phone, texts[number])

    def test_assignee_of_two_companies_is_reminded_by_each(self):
        self.assignee.company_ids += self.other
        self.create_task(self.line("operator", "email"))
        self.create_task(
            self.line("operator", "email"),
            project_id=self.other_project.id,
            partner_id=False,
            user_ids=[Command.set(self.assignee.ids)],
        )
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual(self.addresses, ["assignee@zielonydom.example"] * 2)
        self.assertEqual(self.servers, set((self.mail_server + self.other_server).ids))
