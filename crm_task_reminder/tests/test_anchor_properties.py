import os
import random
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from odoo.tests import tagged

from .common import ReminderCommon

#: Zones that change their clocks in various ways, by half an hour and at midnight too.
ZONES = [
    "Europe/Warsaw",
    "America/New_York",
    "Australia/Lord_Howe",
    "America/Santiago",
    "Africa/Cairo",
    "Asia/Kolkata",
    "Pacific/Apia",
]
#: Lines that are counted in one run; all of them where the variable is set.
CASES = int(os.environ.get("REMINDER_ANCHOR_CASES", "250"))
#: Days around which clocks change, in the north and in the south.
CHANGES = [datetime(2026, 3, 29), datetime(2026, 10, 25), datetime(2026, 4, 5)]
CHANGES += [datetime(2026, 3, 8), datetime(2026, 11, 1), datetime(2026, 9, 6)]
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


class PlainModel:
    """When a line is due, worked out by hands and a calendar on the wall."""

    def __init__(self, zone, line, anchor):
        self.zone = ZoneInfo(zone)
        self.line = line
        self.anchor = anchor
        self.is_after = line["moment"] in ("after", "after_end")

    def read_clock(self, moment):
        aware = moment.replace(tzinfo=timezone.utc).astimezone(self.zone)
        return aware.replace(tzinfo=None)

    def find_moment(self, clock):
        """Return when a clock on the wall shows a time, the first time that it does.

        A time that is skipped is as long after midnight as it would have been.
        """
        utc = clock.replace(tzinfo=self.zone, fold=0).astimezone(timezone.utc)
        return utc.replace(tzinfo=None)

    def add_days(self, moment, days):
        if not days:
            return moment
        return self.find_moment(self.read_clock(moment) + days * DAY)

    def find_first(self):
        sign = 1 if self.is_after else -1
        number, unit = self.line["duration"], self.line["duration_unit"]
        if unit in ("minutes", "hours"):
            return self.anchor + sign * timedelta(**{unit: number})
        return self.add_days(self.anchor, sign * number * (7 if unit == "weeks" else 1))

    def find_turn(self, turn):
        every, unit = self.line["repeat_every"], self.line["repeat_unit"]
        first = self.find_first()
        if not turn:
            return first
        if unit == "hours":
            return first + turn * every * HOUR
        number, own_unit = self.line["duration"], self.line["duration_unit"]
        if own_unit in ("minutes", "hours") or not number:
            return self.add_days(first, turn * every)
        days = number * (7 if own_unit == "weeks" else 1)
        days = days if self.is_after else -days
        return self.add_days(self.anchor, days + turn * every)

    def list_turns(self):
        count = self.line["repeat_count"] if self.line["repeat_unit"] else 1
        found = [self.find_first()]
        for turn in range(1, count):
            moment = self.find_turn(turn)
            if not self.is_after and moment >= self.anchor:
                break
            if self.is_after and moment > self.anchor + 366 * DAY:
                break
            found.append(moment)
        return found


@tagged("post_install", "-at_install")
class TestAnchorProperties(ReminderCommon):
    """Dates, sides and repeats against a plain model, over both changes of clocks."""

    def make_line(self, chance):
        moment = chance.choice(["before", "after", "before_end", "after_end"])
        unit = chance.choice(["minutes", "hours", "days", "weeks"])
        number = chance.choice([0, 1, 2, 3, 5, 9, 26, 50])
        repeat_unit = chance.choice([False, "hours", "days"])
        every = chance.choice([1, 2, 3, 7, 25])
        is_after = moment in ("after", "after_end")
        span = timedelta(**{unit: number})
        if repeat_unit and not is_after and timedelta(**{repeat_unit: every}) >= span:
            repeat_unit = False
        return {
            **self.line(duration=number, unit=unit, moment=moment),
            "task_states": "both" if is_after else "open",
            "repeat_unit": repeat_unit,
            "repeat_every": every,
            "repeat_count": chance.choice([2, 3, 4, 12]),
        }

    def test_lines_are_due_when_the_plain_model_says(self):
        chance = random.Random("anchors")
        companies = {zone: self._create_company(zone, tz=zone) for zone in ZONES}
        values, expected = [], []
        for _case in range(CASES):
            zone = chance.choice(ZONES)
            start = chance.choice(CHANGES) + chance.randrange(-6, 7) * DAY
            start += timedelta(minutes=chance.randrange(24 * 60))
            end = start + timedelta(minutes=chance.randrange(3 * 24 * 60))
            line = self.make_line(chance)
            anchor = end if line["moment"].endswith("end") else start
            expected.append(PlainModel(zone, line, anchor))
            values.append(
                {
                    "name": "Task",
                    "company_id": companies[zone].id,
                    "planned_date_begin": start,
                    "date_deadline": end,
                    "reminder_customer_ids": [],
                    "reminder_operator_ids": [],
                }
            )
        tasks = self.env["project.task"].create(values)
        lines = self.env["crm.task.reminder"].create(
            [
                {**model.line, "task_id": task.id}
                for model, task in zip(expected, tasks, strict=True)
            ]
        )
        for line, model in zip(lines, expected, strict=True):
            with self.subTest(
                zone=model.zone.key, anchor=model.anchor, line=model.line
            ):
                turns = line._list_turns(line._get_anchor())
                self.assertEqual(turns, model.list_turns())
                self.assertEqual(line.due_at, turns[0])
                if not model.is_after:
                    self.assertLessEqual(turns[-1], model.anchor)
                    continue
                self.assertGreaterEqual(turns[0], model.anchor)

    def test_the_service_sends_each_time_once_over_a_change_of_clocks(self):
        chance = random.Random("service")
        self.set_now(datetime(2026, 10, 20, 6, 0))
        expected = {}
        for number in range(15):
            start = self.now + timedelta(hours=chance.randrange(60, 200))
            end = start + chance.randrange(1, 5) * HOUR
            line = self.make_line(chance)
            anchor = end if line["moment"].endswith("end") else start
            model = PlainModel("Europe/Warsaw", line, anchor)
            turns = model.list_turns()
            customer = self.customer.copy({"phone": f"6001003{number:02}"})
            task = self.create_task(
                line,
                planned_date_begin=start,
                date_deadline=end,
                partner_id=customer.id,
            )
            if turns[0] > self.now:  # else it was set too late
                expected[task] = turns
        until = datetime(2026, 11, 3)
        moments = {moment for turns in expected.values() for moment in turns}
        for moment in sorted(one for one in moments if self.now < one < until):
            self.set_now(moment)
            self.run_service()
        for task, turns in expected.items():
            rows = self.rows(task).filtered(lambda row: row.state == "sent")
            with self.subTest(line=task.reminder_ids.display_name):
                self.assertEqual(
                    rows.mapped("due_at"), [one for one in turns if one <= self.now]
                )
                self.assertEqual(len(rows), len({row._get_key() for row in rows}))
