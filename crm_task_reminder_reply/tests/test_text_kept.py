from datetime import datetime

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.text.take.crm_task_reminder_text import HOURLY_LIMIT
from .common import NUMBER, TextCommon

TEXT_MODULE = (
    "odoo.addons.crm_task_reminder_reply.models.text.take.crm_task_reminder_text"
)


@tagged("post_install", "-at_install")
class TestTextKept(TextCommon):
    """What is kept of texts: each once, so many, so long, for whom and for how long."""

    def test_what_no_database_takes_is_left_out(self):
        self.send(self.line())
        received = self.write_text("T\0AK", f"\0{NUMBER}\0", ident="M\0one")
        self.assertEqual((received.body, received.number), ("TAK", NUMBER))
        self.assertEqual((received.ident, received.outcome), ("Mone", "answer"))
        again = self.write_text("TAK", NUMBER, ident="M\0one")
        self.assertFalse(again, "the same name")

    def test_a_time_of_the_first_year_is_taken(self):
        self.send(self.line())
        received = self.write_text("TAK", sent_at=datetime(1, 1, 1))
        self.assertEqual(received.outcome, "unknown")

    def test_ten_thousand_repeated_ones_are_one(self):
        task = self.send(self.line())
        for number in range(10_000):
            self.write_text("tak" if number % 2 else "nie", ident="SM1")
        [received] = self.texts_in.search([("ident", "=", "SM1")])
        self.assertEqual(received.body, "nie")
        self.assertEqual(task.reminder_answer, "declined")
        self.assertEqual(len(task.activity_ids), 1)

    def test_one_number_is_heard_so_often_in_an_hour(self):
        self.send(self.line())
        with mute_logger(TEXT_MODULE):
            for number in range(HOURLY_LIMIT + 5):
                self.write_text(f"bla {number}")
            kept = self.texts_in.search_count([("number", "=", NUMBER)])
            self.assertEqual(kept, HOURLY_LIMIT)
            self.write_text("STOP")
        self.assertTrue(self.is_blacklisted(), "that is heard at any time")
        self.pass_time(hours=2)
        self.assertTrue(self.write_text("bla"))

    def test_an_oversized_one_is_cut(self):
        task = self.send(self.line())
        received = self.write_text("später " * 1000 + "\0")
        self.assertLessEqual(len(received.body), 1600)
        self.assertEqual(len(task.reminder_answer_ids.text), 500)

    def test_only_managers_read_the_list_each_of_the_own_company(self):
        self.send(self.line())
        received = self.write_text("bla")
        manager = self._create_user("pm", "Pia", groups="project.group_project_manager")
        self.assertEqual(received.with_user(manager).body, "bla")
        for change in ("write", "unlink", "create"):
            with self.assertRaises(AccessError):
                received.with_user(manager).check_access(change)
        with self.assertRaises(AccessError):
            _unread = received.with_user(self.assignee).body
        other = self._create_company("Other")
        foreign = self._create_user(
            "fpm", "Fred", groups="project.group_project_manager", company=other
        )
        texts = self.texts_in.with_user(foreign)
        texts = texts.with_context(allowed_company_ids=other.ids)
        self.assertFalse(texts.search([]))

    def test_old_ones_are_removed(self):
        received = self.write_text("bla")
        self.pass_time(days=400)
        self.texts_in._gc_old_texts()
        self.assertFalse(received.exists())
