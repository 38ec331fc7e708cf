"""What mail systems report of reminders, for the tests of what becomes of it."""

from itertools import count

from .common import ReminderCommon

CUSTOMER = "karol@klient.example"

REPORT = """From: Mail Delivery System <MAILER-DAEMON@relay.example>
To: {bounce}
Subject: About your mail
Message-ID: <report-{number}@relay.example>
References: {references}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type={kind}; boundary="cut"

--cut
Content-Type: text/plain; charset=utf-8

This is the mail system at relay.example.

--cut
Content-Type: message/{kind}

{status}

--cut
Content-Type: text/rfc822-headers

From: {sender}
To: {customer}
Message-ID: {returned}
Subject: Mow the lawn

--cut--
"""
#: Of reports: Odoo takes one that it has had already for the same.
NUMBERS = count()


def tell(final=CUSTOMER, action="failed", original=None):
    """Return what a report says of one address.

    :param str action: None where it does not say
    :param str original: the address that was written to, where the report has it
    """
    lines = [f"Final-Recipient: rfc822; {final}", "Status: 4.4.1"]
    if original:
        lines.insert(0, f"Original-Recipient: rfc822; {original}")
    if action:
        lines.append(f"Action: {action}")
    return "\n".join(lines)


class BouncesCommon(ReminderCommon):
    """A company whose customers get an SMS where an e-mail is not possible."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.reminder_email_second_way = "sms"

    def send_row(self, **values):
        """Send one e-mail to the customer; return its row of the log."""
        row = self.rows(self.send(self.line(channel="email"), **values))
        self.assertEqual(row.state, "sent")
        return row

    def report(self, row, *told, kind="delivery-status", returned=None):
        """Let a report about a row's e-mail come in, as Odoo fetches it.

        :param str told: what it says of each address, see ``tell``
        :param str returned: the Message-ID of the mail that it is about, if another
        """
        message = row.message_id
        raw = REPORT.format(
            number=next(NUMBERS),
            bounce=self.company.bounce_email,
            references=message.message_id,
            kind=kind,
            status="\n\n".join(("Reporting-MTA: dns; relay.example", *told)),
            sender=self.sender.email,
            customer=CUSTOMER,
            returned=returned or message.message_id,
        )
        messages = row.task_id.message_ids
        self.bounce_count = self.customer.message_bounce
        with self.mock_mail_gateway():
            self.env["mail.thread"].message_process(False, raw)
            self.assertFalse(self._mails)
        self.env.invalidate_all()
        self.assertEqual(row.task_id.message_ids, messages)

    def assert_spared(self, row):
        """Assert that the recipient counts as somebody who has the e-mail."""
        self.assertEqual((row.state, row.reason), ("sent", False))
        self.assertEqual(row.notification_id.notification_status, "sent")
        self.assertEqual(self.customer.message_bounce, self.bounce_count)
        self.run_service()
        self.assertEqual((self.mails, self.texts), ([], []))

    def assert_replaced(self, row):
        """Assert that the e-mail counts as one that came back, and an SMS leaves."""
        self.assertEqual((row.state, row.reason), ("failed", "bounced"))
        self.run_service()
        self.assertEqual((self.mails, len(self.texts)), ([], 1))
        self.run_service()
        self.assertEqual((self.mails, self.texts), ([], []))
