from lxml import html

from odoo.tests import tagged

from .common import ReminderCommon

NBSP = "\N{NO-BREAK SPACE}"


@tagged("post_install", "-at_install")
class TestMailLink(ReminderCommon):
    """Colleagues open the task from the e-mail; nobody else is shown a way in."""

    def send_mail(self, audience="operator", **values):
        self.send(self.line(audience, "email"), **values)
        [mail] = self.mails
        return mail

    def links(self, mail):
        return [
            one
            for one in html.fromstring(mail["body"]).xpath("//a/@href")
            if "/mail/view" in one
        ]

    def test_colleague_has_a_button_and_an_address(self):
        mail = self.send_mail()
        task = self.rows(self.env["project.task"].search([], limit=1)).task_id
        [link] = self.links(mail)
        self.assertRegex(link, r"^http.*/mail/view\?model=project\.task&res_id=\d+$")
        self.assertTrue(link.endswith(f"={task.id}"))
        self.assertIn("Open the task", mail["body"])
        self.assertIn(f"Open the task: {link}", mail["body_alternative"])

    def test_employee_with_a_user_has_it_too(self):
        employee = self.create_employee("Ewa", user_id=self.sender.id)
        mail = self.send_mail(user_ids=False, reminder_employee_ids=employee.ids)
        self.assertTrue(self.links(mail))

    def test_nobody_else_has_it(self):
        employee = self.create_employee("Ewa", work_email="ewa@zielonydom.example")
        portal = self._create_portal_user(self.customer)
        self.assertTrue(portal)
        for mail in (
            self.send_mail("customer"),
            self.send_mail(user_ids=False, reminder_employee_ids=employee.ids),
        ):
            self.assertFalse(self.links(mail))
            for text in (mail["body"], mail["body_alternative"]):
                self.assertNotIn("Open the task", text)
                self.assertNotIn("<!--", text)

    def test_nobody_has_it_where_an_address_is_shared_with_a_stranger(self):
        employee = self.create_employee("Ewa", work_email=self.assignee.email)
        mail = self.send_mail(reminder_employee_ids=employee.ids)
        self.assertFalse(self.links(mail))

    def test_layout_of_the_templates_own_stays_as_it_is(self):
        template = self.env.ref("crm_task_reminder.mail_template_operator")
        template.email_layout_xmlid = "mail.mail_notification_light"
        self.assertNotIn("Open the task", self.send_mail()["body_alternative"])

    def test_date_and_number_stay_on_one_line(self):
        self.company.phone = "+48 22 123 45 67"
        body = self.send_mail("customer")["body"]
        for words in ("Tue 14 Jul, 10:00 AM", "+48 22 123 45 67"):
            self.assertIn(words.replace(" ", NBSP), body)

    def test_e01_a_number_in_a_templates_link_can_be_dialled(self):
        """The signs that keep it on one line were in the link, too."""
        self.company.phone = "+48 22 123 45 67"
        template = self.env.ref("crm_task_reminder.mail_template_customer")
        template.body_html = (
            '<a t-attf-href="tel:{{ object.reminder_contact }}">'
            '<t t-out="object.reminder_contact"/></a>'
        )
        mail = self.send_mail("customer")
        self.assertIn('href="tel:+48 22 123 45 67"', mail["body"])
        self.assertIn(f">{self.company.phone.replace(' ', NBSP)}</a>", mail["body"])

    def test_plain_text_has_plain_spaces(self):
        self.company.phone = "+48 22 123 45 67"
        text = self.send_mail("customer")["body_alternative"]
        self.assertNotIn(NBSP, text)
        self.assertIn("Tue 14 Jul, 10:00 AM", text)
