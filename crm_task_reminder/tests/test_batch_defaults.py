from unittest.mock import patch

from odoo.tests import tagged

from ..models.channel.base import share_defaults
from .common import ReminderCommon


@tagged("post_install", "-at_install")
class TestBatchDefaults(ReminderCommon):
    """Records that are created together start as those created one by one."""

    def create_batch(self, model, vals_list):
        """Create records; return them, and how many of them were asked for defaults."""
        records = share_defaults(self.env[model])
        asked, default_get = [], type(records).default_get

        def count(self, names):
            asked.append(len(names))
            return default_get(self, names)

        with patch.object(type(records), "default_get", count):
            return records.create(vals_list), asked

    def test_asked_twice(self):
        values = [{"operation": "service", "company_id": self.company.id}] * 5
        rows, asked = self.create_batch(
            "crm.task.reminder.log", [{**one, "state": "running"} for one in values]
        )
        self.assertEqual(len(asked), 2)
        self.assertEqual(rows.mapped("attempt_count"), [0] * 5)

    def test_what_is_drawn_by_lot_is_each_ones_own(self):
        texts, asked = self.create_batch(
            "sms.sms", [{"body": str(number), "number": "+48"} for number in range(6)]
        )
        self.assertEqual(len(set(texts.mapped("uuid"))), 6)
        self.assertEqual(texts.mapped("state"), ["outgoing"] * 6)
        self.assertEqual(asked[2:], [1] * 4, "for the name alone")

    def test_values_count_before_defaults(self):
        texts, _asked = self.create_batch(
            "sms.sms",
            [{"body": "a"}, {"body": "b"}, {"body": "c", "state": "error"}]
            + [{"body": "d", "state": "sent"}, {"body": "e"}],
        )
        states = ["outgoing", "outgoing", "error", "sent", "outgoing"]
        self.assertEqual(texts.mapped("state"), states)

    def test_an_administrators_default_counts(self):
        self.env["ir.default"].set("sms.sms", "number", "+48600100200")
        texts, _asked = self.create_batch("sms.sms", [{"body": "a"}] * 4)
        self.assertEqual(set(texts.mapped("number")), {"+48600100200"})

    def test_lists_are_each_ones_own(self):
        partner = self.customer

        def get_partners(_messages):
            return [(4, partner.id)]

        field = self.env["mail.message"]._fields["partner_ids"]
        with patch.object(field, "default", get_partners):
            messages, asked = self.create_batch("mail.message", [{"body": "a"}] * 4)
        self.assertEqual(len(asked), 4)
        for message in messages:
            self.assertEqual(message.partner_ids, partner)

    def test_another_environment_has_other_defaults(self):
        texts = share_defaults(self.env["sms.sms"])
        plain = texts.create([{"body": "a"}] * 3)
        others = texts.with_context(default_number="+49").create([{"body": "a"}] * 3)
        self.assertEqual(set(plain.mapped("number")), {False})
        self.assertEqual(set(others.mapped("number")), {"+49"})

    def test_queued_messages_start_as_single_ones(self):
        alone = self.read_message(self.send_while_down())
        many = [self.create_task(self.line()) for _number in range(4)]
        self.pass_time(hours=1)
        self.run_service(sms_error="server_error")
        for task in many:
            self.assertEqual(self.read_message(task), alone)

    def read_message(self, task):
        """Return what a task's message by SMS and all that belongs to it are like."""
        [row] = self.env["crm.task.reminder.log"].search(
            [("task_id", "=", task.id), ("channel", "=", "sms")]
        )
        own = {"id", "display_name", "body", "message_id", "date", "res_id"}
        own |= {"create_date", "write_date", "read_date", "sms_id_int"}
        records = row.message_id, row.notification_id
        return [
            {
                name: record[name]
                for name, field in record._fields.items()
                if field.store and name not in own and not field.relational
            }
            for record in records
        ]
