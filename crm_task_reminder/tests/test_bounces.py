from odoo.tests import tagged

from .bounces import CUSTOMER, BouncesCommon, tell

BOOKS = "books@tax-office.example"
HOME = "karol@home.example"


@tagged("post_install", "-at_install")
class TestBounces(BouncesCommon):
    """Whom a report about an e-mail makes fail: the one whom it did not reach."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls.env.ref("crm_task_reminder.mail_template_customer")

    def send_copied(self, copies=BOOKS, **values):
        self.template.email_cc = copies
        return self.send_row(**values)

    # ------------------------------------------------------------------
    # What a report tells
    # ------------------------------------------------------------------

    def test_b01_a_mail_that_is_late_has_not_come_back(self):
        row = self.send_row()
        self.report(row, tell(action="delayed"))
        self.assert_spared(row)
        # it is given up at last
        self.report(row, tell(action="failed"))
        self.assert_replaced(row)
        self.assertEqual(self.customer.message_bounce, 1)

    def test_b01_what_is_no_failure(self):
        for action in ("Delayed", "relayed", "expanded", "delivered", "delayed (4 h)"):
            with self.subTest(action=action):
                row = self.send_row()
                self.report(row, tell(action=action))
                self.assert_spared(row)

    def test_b01_what_is_a_failure(self):
        """A word that no standard has is no word of comfort."""
        for action in ("failed", "Failed (gave up)", "bounced", None):
            with self.subTest(action=action):
                row = self.send_row()
                self.report(row, tell(action=action))
                self.assert_replaced(row)

    def test_b01_a_report_that_does_not_say_of_whom_it_is(self):
        """One was written to, so it is of that one."""
        row = self.send_row()
        self.report(row)
        self.assert_replaced(row)

    def test_b01_a_receipt_of_a_reader_is_no_failure(self):
        row = self.send_row()
        for disposition in ("displayed", "deleted"):
            told = f"manual-action/MDN-sent-manually; {disposition}"
            self.report(
                row,
                f"Final-Recipient: rfc822; {CUSTOMER}\nDisposition: {told}",
                kind="disposition-notification",
            )
            self.assert_spared(row)

    def test_b01_a_complaint_about_spam_is_no_failure(self):
        row = self.send_row()
        self.report(row, "Feedback-Type: abuse", kind="feedback-report")
        self.assert_spared(row)

    def test_b01_other_mails_come_back_as_ever(self):
        """What Odoo does with reports about what is no reminder is its own."""
        row = self.send_row()
        message, receipt = row.message_id, row.notification_id
        row.unlink()
        self.report(self.log.new({"message_id": message.id}), tell(action="delayed"))
        self.assertEqual(receipt.notification_status, "bounce")

    # ------------------------------------------------------------------
    # Of whom it tells
    # ------------------------------------------------------------------

    def test_b11_a_copy_that_comes_back_is_no_failure(self):
        row = self.send_copied()
        self.report(row, tell(BOOKS))
        self.assert_spared(row)
        self.report(row, tell("Books@TAX-office.example", original=BOOKS))
        self.assert_spared(row)
        # the mailbox behind the copy's
        self.report(row, tell("b@tax.example", original=BOOKS))
        self.assert_spared(row)
        self.report(row, tell())
        self.assert_replaced(row)

    def test_b11_a_copy_with_letters_of_its_own_in_its_domain(self):
        row = self.send_copied("books@Ślązak.example")
        self.report(row, tell("books@xn--lzak-bta82c.example"))
        self.assert_spared(row)

    def test_b11_a_contact_who_got_the_copy_is_the_one_that_failed(self):
        books = self.env["res.partner"].create({"name": "Books", "email": BOOKS})
        row = self.send_copied()
        self.report(row, tell(BOOKS))
        self.assertEqual(books.message_bounce, 1)
        self.assert_spared(row)

    def test_b11_a_forwarding_mailbox_that_fails_is_the_customers(self):
        """Also where the one that it forwards to is a contact of its own."""
        for copies in ("", BOOKS):
            for original in (None, CUSTOMER):
                with self.subTest(copies=copies, original=original):
                    row = self.send_copied(copies)
                    self.report(row, tell(HOME, original=original))
                    self.assert_replaced(row)
        wife = self.env["res.partner"].create({"name": "Wife", "email": HOME})
        row = self.send_copied()
        self.report(row, tell(HOME))
        self.assert_replaced(row)
        self.assertEqual(wife.message_bounce, 0)

    def test_b11_a_mailbox_that_forwards_to_who_got_a_copy(self):
        row = self.send_copied()
        self.report(row, tell(BOOKS, original=CUSTOMER))
        self.assert_replaced(row)

    def test_b11_one_report_about_the_copy_and_the_recipient(self):
        for told, is_spared in (
            ([tell(BOOKS), tell()], False),
            ([tell(), tell(BOOKS)], False),
            ([tell(BOOKS, "delayed"), tell()], False),
            ([tell(BOOKS), tell(action="delayed")], True),
            ([tell(action="delayed"), tell(BOOKS)], True),
        ):
            with self.subTest(told=told):
                row = self.send_copied()
                self.report(row, *told)
                (self.assert_spared if is_spared else self.assert_replaced)(row)

    def test_b11_an_employee_without_a_contact(self):
        self.company.reminder_email_second_way = False
        template = self.env.ref("crm_task_reminder.mail_template_operator")
        template.email_cc = BOOKS
        address = "ewa@zielonydom.example"
        employee = self.create_employee("Ewa", work_email=address)
        employee.work_contact_id = False
        for told, state in (
            (tell(BOOKS), "sent"),
            (tell(address, "delayed"), "sent"),
            (tell(HOME), "failed"),
        ):
            with self.subTest(told=told):
                task = self.send(
                    self.line("operator", "email"),
                    user_ids=[],
                    reminder_employee_ids=employee.ids,
                )
                row = self.rows(task)
                self.report(row, told)
                self.assertEqual(row.state, state)
