import os
import random
from collections import Counter
from datetime import datetime, time, timedelta

import pytz

from odoo.tests import tagged

from ..tools.schedule import to_local
from .hours import HoursCommon

#: Of how many zones the customers are, beside the first ones. Where the variable says
#: so, of all that there are, and over all changes of clocks.
ZONES = int(os.environ.get("REMINDER_ZONES", "36"))
FIRST_ZONES = [
    "Europe/Warsaw",
    "America/New_York",
    "Asia/Tokyo",
    "Australia/Lord_Howe",
]
#: The days before clocks are put back or forward: in Europe, then elsewhere as well.
CHANGES = [datetime(2026, 10, 24)]
if "REMINDER_ZONES" in os.environ:
    CHANGES = [
        datetime(2026, 10, 3),  # the south
        *CHANGES,
        datetime(2026, 10, 31),  # America
        datetime(2027, 3, 13),
        datetime(2027, 3, 27),  # Europe
        datetime(2027, 4, 3),  # the south
    ]
STEP = timedelta(minutes=15)
LASTS = timedelta(days=3, hours=12)


@tagged("post_install", "-at_install")
class TestHoursProperties(HoursCommon):
    """The service, day and night, over a change of clocks: in the hours, all, once."""

    def test_none_outside_none_lost_none_late_none_twice(self):
        chance = random.Random("hours")
        names = sorted({*pytz.all_timezones} - {*FIRST_ZONES})
        zones = FIRST_ZONES + chance.sample(names, min(ZONES, len(names)))
        for change in CHANGES:
            self.set_now(change)
            tasks = {}
            for number, zone in enumerate(zones):
                address = f"c{number}@{change:%Y%m%d}.example"
                tasks[address] = self.create_one(address, zone, chance)
            sent = Counter()
            while self.now < change + LASTS:
                self.pass_time(minutes=STEP // timedelta(minutes=1))
                self.run_service()
                sent.update(self.addresses)
                for address in self.addresses:
                    self.check_hour(tasks[address], address)
            self.assertEqual(set(sent), set(tasks))
            self.assertEqual(set(sent.values()), {1})

    def create_one(self, address, zone, chance):
        """Create a task of a customer in a zone, with a line some time before it."""
        customer = self.env["res.partner"].create(
            {"name": zone, "email": address, "tz": zone}
        )
        start = self.now + timedelta(minutes=chance.randrange(40 * 60, 80 * 60))
        before = chance.choice([15, 45, 60, 90, 120, 300, 720])
        line = self.line(channel="email", duration=before, unit="minutes")
        return self.create_task(line, planned_date_begin=start, partner_id=customer.id)

    def check_hour(self, task, address):
        """Assert that it is one of the hours where the recipient is, before the start.

        The last ones leave in the step in which the hours end.
        """
        clock = to_local(self.now, task.partner_id.tz).time()
        self.assertTrue(time(8, 0) <= clock <= time(20, 0), (address, clock))
        self.assertLess(self.now, task.planned_date_begin)
