import random
from collections import Counter
from datetime import datetime, time, timedelta

from odoo.tests import tagged

from ..tools.schedule import to_local
from .test_hours import HoursCommon

#: Zones of customers, and the countries that have them.
ZONES = {
    "Europe/Warsaw": "pl",
    "America/New_York": "us",
    "Asia/Tokyo": "jp",
    "Australia/Adelaide": "au",
}
STEP = timedelta(minutes=15)
TASKS = 40


@tagged("post_install", "-at_install")
class TestHoursProperties(HoursCommon):
    """The service, day and night, over a change of clocks: in the hours, all, once."""

    def test_none_outside_none_lost_none_late_none_twice(self):
        # the clocks are put back in Europe on the 25th
        self.set_now(datetime(2026, 10, 24, 0, 0))
        chance = random.Random("hours")
        tasks = self.env["project.task"]
        for number in range(TASKS):
            tz, country = chance.choice(list(ZONES.items()))
            customer = self.env["res.partner"].create(
                {
                    "name": f"Customer {number}",
                    "email": f"c{number}@customer.example",
                    "country_id": self.env.ref(f"base.{country}").id,
                    "tz": tz,
                }
            )
            start = self.now + timedelta(minutes=chance.randrange(40 * 60, 80 * 60))
            before = chance.choice([15, 45, 60, 90, 120, 300, 720])
            line = self.line(channel="email", duration=before, unit="minutes")
            tasks += self.create_task(
                line, planned_date_begin=start, partner_id=customer.id
            )
        sent = Counter()
        while self.now < datetime(2026, 10, 27, 12, 0):
            self.pass_time(minutes=STEP // timedelta(minutes=1))
            self.run_service()
            for address in self.addresses:
                sent[address] += 1
                self.check_hour(tasks, address)
        self.assertEqual(set(sent), set(tasks.partner_id.mapped("email")))
        self.assertEqual(set(sent.values()), {1})

    def check_hour(self, tasks, address):
        """Assert that it is one of the hours where the recipient is, before the start.

        The last ones leave in the step in which the hours end.
        """
        [task] = tasks.filtered(lambda task: task.partner_id.email == address)
        clock = to_local(self.now, task.partner_id.tz).time()
        self.assertTrue(time(8, 0) <= clock <= time(20, 0), (address, clock))
        self.assertLess(self.now, task.planned_date_begin)
