from odoo.tests import tagged

from .window import WindowCommon

PERSON = '"Olga Operator" <operator@zielonydom.example>'
PERSON_AND_COMPANY = '"Olga Operator (Zielony Dom)" <operator@zielonydom.example>'


@tagged("post_install", "-at_install")
class TestMailSender(WindowCommon):
    """Whom readers see as the sender: the person, for customers with the company."""

    def send_to(self, audience):
        self.send(self.line(audience, "email"))
        [mail] = self.mails
        return mail["email_from"]

    def test_e20_customers_see_sender_and_company(self):
        self.assertEqual(self.send_to("customer"), PERSON_AND_COMPANY)
        self.assertEqual(self.send_to("operator"), PERSON)

    def test_e20_company_shows_the_person_alone(self):
        with self._open() as window:
            self.assertEqual(window.reminder_sender_name, "person_company")
            window.reminder_sender_name = "person"
        self.assertEqual(self.send_to("customer"), PERSON)

    def test_e20_both_in_one_run(self):
        self.create_task(self.line(channel="email"), self.line("operator", "email"))
        self.pass_time(hours=1)
        self.run_service()
        senders = {
            mail["smtp_to_list"][0]: mail["msg_from_fmt"] for mail in self.emails
        }
        self.assertEqual(
            senders,
            {
                "karol@klient.example": PERSON_AND_COMPANY,
                "assignee@zielonydom.example": PERSON,
            },
        )

    def test_e20_names_with_signs_of_headers(self):
        self.company.name = 'Zielony "Dom"\n<Sp. z o.o.>, Łódź'
        self.send(self.line(channel="email"))
        [mail] = self.mails
        address = mail["EmailMessage"]["From"].addresses[0]
        self.assertEqual(address.addr_spec, "operator@zielonydom.example")
        self.assertEqual(
            address.display_name, 'Olga Operator (Zielony "Dom" <Sp. z o.o.>, Łódź)'
        )

    def test_e20_test_to_oneself_has_the_same_sender(self):
        task = self.create_task(self.line(channel="email"))
        preview = self.env["crm.task.reminder.preview"].with_user(self.assignee)
        preview = preview.create({"reminder_id": task.reminder_ids.id})
        with self.mock_mail_gateway():
            preview.action_send_test()
        self.assertEqual(self._mails[0]["email_from"], PERSON_AND_COMPANY)

    def test_e20_message_on_the_task_is_the_senders(self):
        task = self.send(self.line(channel="email"))
        self.assertEqual(self.rows(task).message_id.author_id, self.sender.partner_id)
