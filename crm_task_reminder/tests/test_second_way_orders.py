import os
import random
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ReminderCommon

#: Orders that are played; the environment may ask for more.
ORDERS = int(os.environ.get("REMINDER_ORDERS", "200"))
#: So many are played at once, in the same runs of the service.
BATCH = 500
STEPS = 7
#: What the gateway answers for a number; None: it takes the SMS.
ANSWERS = (None, None, None, "wrong_number_format", "insufficient_credit")
ANSWERS += ("unregistered", "something_of_next_year")
#: What Odoo's receipt says later of an SMS that the gateway has taken.
FAILURES = (
    {"notification_status": "bounce", "failure_type": "sms_not_delivered"},
    {"notification_status": "exception", "failure_type": "sms_rejected"},
    {"notification_status": "exception", "failure_type": "unknown"},
)
#: Why an SMS failed for good.
REFUSED = ("invalid_phone", "expired", "refused", "error")
ACTIONS = ("deliver", "fail", "send again", "send now", "nothing", "nothing")
#: How long a receipt is waited for.
PATIENCE = timedelta(minutes=30)
#: Which ways customers have: how their numbers begin, whether they have an address.
KINDS = {
    "both": ("+4860", True),
    "landline": ("+4822", True),
    "no number": ("", True),
    "no address": ("+4860", False),
    "neither": ("", False),
    "blacklisted": ("+4860", True),
}


@dataclass
class Person:
    """What has happened to a customer, as seen from outside of the addon.

    ``text`` is what became of the last SMS: *taken*, *delivered*, *failed*, or None;
    ``taken_at`` when the gateway took it (naive UTC).
    """

    kind: str
    task: object
    number: str
    address: str
    text: str | None = None
    taken_at: datetime | None = None
    mails: int = 0

    def is_waited_for(self, now):
        """Tell whether the last SMS may still be reported as delivered."""
        return self.text == "taken" and now < self.taken_at + PATIENCE


@tagged("post_install", "-at_install")
class TestSecondWayOrders(ReminderCommon):
    """In whatever order failures, receipts and people come: each is reached once.

    The sender changes meanwhile, too.
    """

    def setUp(self):
        super().setUp()
        self.company.write(
            {
                "reminder_sms_second_way": "email",
                "reminder_sms_receipt_minutes": PATIENCE // timedelta(minutes=1),
                "reminder_address_hourly_limit": 0,
                "reminder_address_daily_limit": 0,
            }
        )
        self.senders = self.sender | self._create_user("next", "Nora Next")
        self.created = 0
        self.told = Counter()

    def test_who_has_a_usable_way_is_reached_once(self):
        dice = random.Random(20261126)  # noqa: S311  # an order to repeat, no secret
        with mute_logger("odoo.addons.crm_task_reminder"):
            for played in range(0, ORDERS, BATCH):
                self._play(dice, min(BATCH, ORDERS - played))
        # it is no proof unless all of it has happened
        for kind, text, mails in (
            ("both", "delivered", 0),
            ("both", "taken", 1),
            ("both", "failed", 1),
            ("both", None, 1),
            ("landline", None, 1),
            ("no number", None, 1),
            ("no address", "taken", 0),
            ("no address", "delivered", 0),
            ("neither", None, 0),
            ("blacklisted", None, 0),
        ):
            self.assertTrue(self.told[kind, text, mails], self.told)

    def _play(self, dice, count):
        self.people = self._create_people(dice, count)
        self._run(dice)
        for _step in range(STEPS):
            self.pass_time(minutes=dice.choice((1, 1, 5, 20, 40)))
            chosen = {action: [] for action in ACTIONS}
            for person in self.people:
                chosen[dice.choice(ACTIONS)].append(person)
            self._deliver(chosen["deliver"])
            self._fail(dice, chosen["fail"])
            self._send_again(chosen["send again"])
            self._send_now(chosen["send now"])
            if dice.random() < 0.4:  # what waits is written anew
                present = self.company.reminder_user_id
                self.company.reminder_user_id = self.senders - present
            self._run(dice)
        for _turn in range(3):
            self.pass_time(hours=2)
            self._run(None)
        for person in self.people:
            self._check(person)

    # ------------------------------------------------------------------
    # Who
    # ------------------------------------------------------------------

    def _create_people(self, dice, count):
        """Create customers with a task each whose reminder is due now."""
        values = []
        for number in range(self.created, self.created + count):
            kind = dice.choice([*KINDS, "both", "both"])
            prefix, has_address = KINDS[kind]
            address = f"c{number}@customer.example" if has_address else ""
            phone = prefix and f"{prefix}{number:07}"
            values.append({"name": kind, "phone": phone, "email": address})
        self.created += count
        partners = self.env["res.partner"].create(values)
        country = {"country_id": self.customer.country_id.id}
        partners.write(country)
        start = self.now + timedelta(hours=47)
        tasks = self.env["project.task"].create(
            [
                {
                    "name": "Mow the lawn",
                    "project_id": self.project.id,
                    "partner_id": partner.id,
                    "planned_date_begin": start,
                    "reminder_customer_ids": [Command.create(self.line(duration=47))],
                    "reminder_operator_ids": [],
                }
                for partner in partners
            ]
        )
        people = []
        for partner, task in zip(partners, tasks, strict=True):
            phone, email = partner.phone or "", partner.email or ""
            people.append(Person(partner.name, task, phone, email))
            if partner.name == "blacklisted":
                self.env["phone.blacklist"].add(phone)
        return people

    def _find_rows(self, people, channel, state):
        tasks = [person.task.id for person in people]
        domain = [("task_id", "in", tasks), ("channel", "=", channel)]
        return self.log.search([*domain, ("state", "in", state)])

    # ------------------------------------------------------------------
    # What happens
    # ------------------------------------------------------------------

    def _run(self, dice):
        """Run the service; each number has an answer, the mail server may be away.

        :param random.Random dice: None if all is well
        """
        by_number = {one.number: one for one in self.people}
        by_address = {one.address: one for one in self.people}
        is_away = dice and dice.random() < 0.25
        port = self._get_unused_port() if is_away else self.greeter.server_address[1]
        self.mail_server.smtp_port = port
        self.run_service(
            answers={number: dice.choice(ANSWERS) for number in by_number}
            if dice
            else {}
        )
        for number in self.numbers:
            person = by_number[number]
            self.assertFalse(person.mails, person)
            self.assertNotEqual(person.text, "delivered", person)
            self.assertFalse(person.is_waited_for(self.now), person)
            person.text, person.taken_at = "taken", self.now
        for address in self.addresses:
            person = by_address[address]
            person.mails += 1
            self.assertNotEqual(person.text, "delivered", person)
            self.assertFalse(person.is_waited_for(self.now), person)

    def _deliver(self, people):
        """A receipt comes; one that comes after the e-mail is only noted."""
        taken = [person for person in people if person.text == "taken"]
        self._get_receipts(taken).write({"notification_status": "sent"})
        for person in taken:
            person.text = "taken" if person.mails else "delivered"

    def _fail(self, dice, people):
        """A receipt says that an SMS was not delivered."""
        taken = [person for person in people if person.text == "taken"]
        self._get_receipts(taken).write(dice.choice(FAILURES))
        for person in taken:
            person.text = "failed"

    def _get_receipts(self, people):
        rows = self._find_rows(people, "sms", ["sent", "failed", "delivered"])
        missing = [one for one in people if one.task not in rows.task_id]
        story = [(one, self.rows(one.task).read()) for one in missing[:1]]
        self.assertFalse(missing, story)
        return rows.notification_id

    def _send_again(self, people):
        self._find_rows(people, "sms", ["failed"]).send_again()

    def _send_now(self, people):
        for person in people:
            try:
                person.task.reminder_ids.action_send_now()
            except UserError:
                continue

    # ------------------------------------------------------------------
    # What came of it
    # ------------------------------------------------------------------

    def _check(self, person):
        rows = self.rows(person.task)
        story = person, rows.mapped(lambda r: f"{r.channel} {r.state} {r.reason}")
        self.assertFalse(rows.filtered("seeks_second_way"), story)
        self.assertNotIn("queued", rows.mapped("state"), story)
        is_texted = person.text in ("taken", "delivered")
        if person.kind in ("neither", "blacklisted"):
            self.assertFalse(is_texted or person.mails, story)
        elif person.address:
            self.assertEqual(person.mails, int(person.text != "delivered"), story)
        elif not is_texted:  # what the gateway refuses for good no other form makes up
            rows = rows.filtered(lambda row: row.reason != "renewed")
            self.assertEqual(rows.mapped("state"), ["failed"], story)
            self.assertIn(rows.reason, REFUSED, story)
        self.told[person.kind, person.text, person.mails] += 1
