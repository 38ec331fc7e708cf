from datetime import timedelta
from unittest.mock import patch

from odoo.tests import tagged

from .common import ReminderCommon

LAYOUT = "crm_task_reminder.mail_layout"


@tagged("post_install", "-at_install")
class TestMailPages(ReminderCommon):
    """The e-mails of a batch share a page, and each is what it would be alone."""

    def setUp(self):
        super().setUp()
        self.template = self.env.ref("crm_task_reminder.mail_template_customer")
        self.channel = self.env["crm.task.reminder.channel.email"]
        self.tasks = self.env["project.task"].browse(
            self.create_task(
                name=f"Hedge <{number}> & “Zażółć” n0n {{{{ 1 }}}}",
                partner_id=(
                    number % 3 and self.customer or self.assignee.partner_id
                ).id,
                starts_in=timedelta(days=number),
            ).id
            for number in range(1, 9)
        )
        self.tasks[3].planned_date_begin = False

    def render(self, tasks):
        """Return the pages of tasks, and how many of them were rendered."""
        channel, lay_out = type(self.channel), type(self.channel)._lay_out
        with patch.object(
            channel, "_lay_out", autospec=True, side_effect=lay_out
        ) as do:
            contents = self.channel._render(self.template, tasks)
        return {key: one["body_html"] for key, one in contents.items()}, do.call_count

    def check(self, rendered):
        """Compare the pages of a batch with those that are rendered one by one.

        :param int rendered: of how many pages of the batch that is done
        """
        pages, count = self.render(self.tasks)
        for task in self.tasks:
            alone, _count = self.render(task)
            self.assertEqual(pages[task.id], alone[task.id])
        self.assertEqual(count, rendered)
        return pages

    def inherit(self, xpath, content):
        """Change the layout as somebody may do who wants another one."""
        arch = f'<data><xpath expr="{xpath}" position="after">{content}</xpath></data>'
        self.env["ir.ui.view"].create(
            {
                "name": "another layout",
                "type": "qweb",
                "inherit_id": self.env.ref(LAYOUT).id,
                "arch": arch,
            }
        )

    def test_rendered_once_for_tasks_alike(self):
        # the first of each kind, with a start and without, and their mould
        pages = self.check(rendered=3)
        for task in self.tasks:
            self.assertIn(f"&lt;{task.name.split('<')[1][0]}&gt;", pages[task.id])

    def test_texts_are_shown_anywhere(self):
        self.inherit("//title", '<meta t-att-content="subject" name="subject"/>')
        self.check(rendered=3)

    # one more than there are tasks: the mould that was not right

    def test_layout_that_asks_for_more_of_the_task(self):
        self.inherit(
            "//div[@t-out='record.name']",
            '<i t-if="record.partner_id.email" t-out="record.partner_id.email"/>',
        )
        pages = self.check(rendered=len(self.tasks) + 1)
        self.assertIn(self.customer.email, pages[self.tasks[0].id])
        self.assertIn(self.assignee.email, pages[self.tasks[2].id])

    def test_layout_that_decides_by_a_text(self):
        seventh = self.tasks[6].name
        self.inherit("//title", f'<i t-if="record.name == {seventh!r}">7</i>')
        pages = self.check(rendered=len(self.tasks) + 1)
        marked = [key for key, page in pages.items() if "<i>7</i>" in page]
        self.assertEqual(marked, self.tasks[6].ids)

    def test_layout_that_changes_a_text(self):
        self.inherit("//title", '<i t-out="subject.upper()"/><i t-out="subject[:3]"/>')
        self.check(rendered=len(self.tasks) + 1)

    def test_layout_that_shows_a_text_in_another_way(self):
        self.inherit("//title", "<i t-out=\"'%s' % record.name[-8:]\"/>")
        self.check(rendered=len(self.tasks) + 1)
