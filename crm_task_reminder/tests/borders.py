"""What the tests of a second company, and of what it hides, have in common."""

from odoo.exceptions import AccessError

from .common import ReminderCommon

#: Of the tasks that nobody may learn of.
TITLE = "See the doctor"


class CompaniesCommon(ReminderCommon):
    """A second company that reminds as well, by a sender and account of its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._create_company("Wärmewerk", "de", "Europe/Berlin")
        cls.other_sender = cls._create_user(
            "other_sender", "Hanna Operator", company=cls.other
        )
        cls.other_server = cls._create_mail_server("Other account")
        cls._switch_on(cls.other, cls.other_sender, cls.other_server)


class BorderCommon(CompaniesCommon):
    """Projects that both companies share, and somebody who belongs to one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls._create_user("user", "Urszula User", "600 100 206")
        cls.project.company_id = False
        cls.reader = cls.env(
            user=cls.user, context={"allowed_company_ids": cls.company.ids}
        )


class SharedCommon(BorderCommon):
    """Tasks without a company, of which the other company reminds."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_customer = cls.env["res.partner"].create(
            {
                "name": "Karin Kundin",
                "email": "karin@kundin.example",
                "phone": "+4915112345678",
                "company_id": cls.other.id,
            }
        )
        cls.template = cls.env["sms.template"].create(
            {
                "name": "Curious",
                "model_id": cls.env.ref("project.model_project_task").id,
                "body": "{{ object.env['project.task'].search([]).mapped('name') }}",
            }
        )

    def create_shared(self, *lines, company=None, **values):
        """Create a task without company, with lines of another one unless given."""
        company = company or self.other
        task = self.create_task(company_id=False, **values)
        link = {"task_id": task.id, "company_id": company.id}
        self.env["crm.task.reminder"].create([{**line, **link} for line in lines])
        self.assertEqual(task.reminder_ids.company_id, company)
        self.env.flush_all()
        self.env.invalidate_all()
        return task


class HiddenCommon(BorderCommon):
    """Tasks and projects that the user may not read."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        projects = cls.env["project.project"]
        cls.foreign = projects.create({"name": "B", "company_id": cls.other.id})
        cls.invited = projects.create(
            {
                "name": "Invited",
                "company_id": cls.company.id,
                "privacy_visibility": "followers",
            }
        )

    def _create_hidden(self):
        """Return tasks that the user may not read, each by what it is."""
        company, other = self.company.id, self.other.id
        places = {
            "of another company": {"project_id": self.foreign.id, "company_id": other},
            "for invited users": {"project_id": self.invited.id},
            "private": {"project_id": False, "company_id": company},
        }
        tasks = {}
        for name, values in places.items():
            task = self.create_task(self.line("operator"), name=TITLE, **values)
            tasks[name] = task
        self.env.flush_all()
        self.env.invalidate_all()
        return tasks

    def _assert_refused(self, way):
        with self.assertRaises(AccessError) as refusal, self.env.cr.savepoint():
            way()
        self.assertNotIn(TITLE, str(refusal.exception))

    def _prepare_settings(self):
        """Let both companies remind customers, each by another number of days."""
        for company, days in ((self.company, 2), (self.other, 77)):
            company.reminder_customer_default = True
            company.reminder_default_customer_ids.write(
                {"duration": days, "duration_unit": "days"}
            )
