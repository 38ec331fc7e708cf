from collections import defaultdict

from odoo.tests import tagged

from .common import ReplyCommon

#: What the names of our addons begin with.
OWN = ("crm_task_reminder", "sms_smsapi")


@tagged("post_install", "-at_install")
class TestFields(ReplyCommon):
    """A field of one of our addons is not another thing in the next one."""

    def test_no_name_is_used_for_two_things(self):
        clashes = []
        for model in self.registry.values():
            kinds = defaultdict(set)
            for part in model.__mro__:
                if not (getattr(part, "_module", None) or "").startswith(OWN):
                    continue
                for field in part.__dict__.get("_field_definitions", ()):
                    kinds[field.name].add(type(field).__name__)
            clashes += [
                (model._name, name, found)
                for name, found in kinds.items()
                if len(found) > 1
            ]
        self.assertEqual(clashes, [])

    def test_the_log_keeps_what_the_mail_server_said(self):
        task, _token = self.send_link(self.line(channel="email"))
        row = self.rows(task).sudo()
        row.answer = "250 2.0.0 Ok: queued as 4711"
        self.answer(task)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(row.answer, "250 2.0.0 Ok: queued as 4711")
        self.assertEqual(row.customer_answer, "coming")
