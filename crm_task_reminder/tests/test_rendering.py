from datetime import timedelta
from unittest.mock import patch

from lxml import etree

from odoo.addons.base.models.ir_qweb import IrQweb
from odoo.addons.project.models.project_task import ProjectTask
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models.channel.ir_qweb import KNOWN
from .common import ReminderCommon

BODIES = {
    "text": "<p>Only words &amp; signs &lt;3</p>",
    "field": "<p>Dear <t t-out=\"object.partner_id.name or ''\">Customer</t></p>",
    "condition": '<p t-if="object.partner_id">A</p><p t-else="">B</p>',
    "loop": '<ul><li t-foreach="object.user_ids" t-as="user" t-out="user.name"/></ul>',
    "variable": '<t t-set="x" t-value="object.id % 2"/><i t-out="x"/>',
    "attribute": '<a t-attf-href="/{{ object.id }}" t-att-title="object.name">x</a>',
    "format": '<b t-out="format_datetime(object.planned_date_begin)"/>',
    "context": '<b t-out="ctx.get(\'lang\')"/><b t-out="user.name"/>',
    "html": "<div t-out=\"object.description or ''\"/>",
    "own field": "<p><t t-out=\"object.reminder_start or ''\"/></p>",
    "layout": '<table><tr><td t-esc="object.name"/></tr></table>',
    # not for the newest task, with which Odoo tries a template when it is saved
    "failing": "<p t-out=\"1 / len(object.description or '')\"/>",
}
FORBIDDEN = '<p t-out="object.sudo().create_uid.login"/>'


@tagged("post_install", "-at_install")
class TestRendering(ReminderCommon):
    """What is known once for a batch renders what Odoo renders one by one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("pl_PL")

    def setUp(self):
        super().setUp()
        self.tasks = self.env["project.task"].browse(
            self.create_task(
                name=f"Hedge <{number}> & Zażółć",
                description=f"<p>No. {number}</p>" if number % 3 else False,
                partner_id=number % 4 and self.customer.id,
                starts_in=timedelta(days=number),
            ).id
            for number in range(8)
        )

    def _create_template(self, body, **values):
        return self.env["mail.template"].create(
            {
                "name": "Template",
                "model_id": self.env.ref("project.model_project_task").id,
                "subject": "Subject",
                "body_html": body,
                **values,
            }
        )

    def _render(self, template, tasks, **context):
        """Return what each task gets, or that it fails."""
        env = self.env(
            user=self.sender,
            su=False,
            context=dict(self.env.context, **context),
        )
        try:
            return template.with_env(env)._render_field("body_html", tasks.ids)
        except UserError:
            return "not possible"

    def _assert_same(self, template, known, **options):
        batch = self._render(template, self.tasks, **options, **{KNOWN: known})
        self.assertEqual(batch, self._render(template, self.tasks, **options))
        return batch

    def test_same_as_odoo_character_by_character(self):
        known = {}
        for name, body in BODIES.items():
            template = self._create_template(body)
            for lang, tz in (
                ("en_US", "UTC"),
                ("pl_PL", "Europe/Warsaw"),
                ("de_DE", ""),
            ):
                with self.subTest(name, lang=lang):
                    self._assert_same(template, known, lang=lang, tz=tz)
        self.assertTrue(known)

    def test_each_language_has_its_own_text(self):
        template = self._create_template("<p>Hello <t t-out='object.name'/></p>")
        template.with_context(
            lang="pl_PL"
        ).body_html = "<p>Witaj <t t-out='object.name'/></p>"
        known = {}
        texts = {
            lang: self._assert_same(template, known, lang=lang)[self.tasks[0].id]
            for lang in ("en_US", "pl_PL")
        }
        self.assertIn("Hello", texts["en_US"])
        self.assertIn("Witaj", texts["pl_PL"])

    def test_edited_between_two_batches_and_within_one(self):
        template = self._create_template(BODIES["field"])
        known = {}
        self._assert_same(template, known)
        template.body_html = "<p>New <t t-out='object.name'/></p>"
        for memory in (known, {}):
            text = self._assert_same(template, memory)[self.tasks[0].id]
            self.assertIn("New", text)

    def test_restricted_user_gets_no_more_after_another_had_it_compiled(self):
        self.env.ref("base.group_user").implied_ids -= self.env.ref(
            "mail.group_mail_template_editor"
        )
        editor = self._create_user(
            "editor", "Editor", groups="mail.group_mail_template_editor"
        )
        plain = self._create_user("plain", "Plain")
        for users in ((editor, plain), (plain, editor)):
            known = {}
            for user in users:
                mixin = self.env(user=user, su=False, context={KNOWN: known})[
                    "mail.render.mixin"
                ]
                with self.subTest(users=users.index(user), user=user.login):
                    try:
                        mixin._render_template(
                            FORBIDDEN, "project.task", self.tasks.ids, engine="qweb"
                        )
                        is_refused = False
                    except AccessError:
                        is_refused = True
                    self.assertEqual(is_refused, user == plain)

    def test_each_reader_has_the_rights_of_its_own(self):
        task, known = self.tasks[0], {}
        portal = self._create_portal_user(self.customer)
        for user in (self.sender, portal, self.sender):
            reader = self.env(user=user, su=False, context={KNOWN: known})
            is_read = task.with_env(reader)._has_field_access(
                task._fields["planned_date_begin"], "read"
            )
            self.assertEqual(is_read, user != portal, user.login)

    def test_rights_on_a_field_are_asked_once_for_a_batch(self):
        has_access, asked = ProjectTask._has_field_access, []

        def note(model, field, operation):
            if not model.env.su and KNOWN in model.env.context:
                asked.append((field.name, operation))
            return has_access(model, field, operation)

        for _number in range(20):
            self.create_task(self.line("customer", "email"))
        self.pass_time(hours=1)
        with patch.object(ProjectTask, "_has_field_access", note):
            self.run_service()
        self.assertEqual(len(self.mails), 20)
        self.assertTrue(asked)
        self.assertEqual(len(asked), len(set(asked)))

    def test_compiled_once_for_a_batch(self):
        compile_template, compiled = IrQweb._generate_code_uncached, []

        def count(model, template):
            if isinstance(template, etree._Element):
                compiled.append(etree.tostring(template))
            return compile_template(model, template)

        for _number in range(20):
            self.create_task(self.line("customer", "email"))
        self.pass_time(hours=1)
        with patch.object(IrQweb, "_generate_code_uncached", count):
            self.run_service()
        self.assertEqual(len(self.mails), 20)
        self.assertEqual(len(compiled), 1)

    def test_template_deleted_between_claim_and_render(self):
        template = self._create_template(BODIES["field"])
        task = self.create_task(
            self.line("customer", "email", mail_template_id=template.id)
        )
        other = self.create_task(self.line("customer", "email"))
        queue = self.registry["crm.task.reminder.queue"]
        claim = queue._claim

        def claim_and_delete(*args):
            claimed = claim(*args)
            template.exists().unlink()
            return claimed

        self.pass_time(hours=1)
        with patch.object(queue, "_claim", claim_and_delete):
            self.run_service()
        self.assertEqual(self.rows(task).reason, "no_template")
        self.assertEqual(self.rows(other).state, "sent")

    def test_template_made_over_for_another_model(self):
        """It would write about the record with the task's number, whoever that is."""
        template = self._create_template("<p t-out='object.display_name'/>")
        task = self.create_task(
            self.line("customer", "email", mail_template_id=template.id)
        )
        stranger = self.env["res.users.log"]
        while stranger.id < task.id:
            stranger = stranger.create({})
        template.model_id = self.env["ir.model"]._get(stranger._name)
        self.pass_time(hours=1)
        self.run_service()
        self.assert_reason(task, "no_template")

    def test_b07_value_that_fails_is_a_failure_not_a_hole(self):

        def fail(_tasks):
            raise KeyError("no such zone")

        self.patch(self.registry["project.task"], "_compute_reminder_start", fail)
        task = self.send(self.line(), self.line(channel="email"))
        self.assertFalse(self.texts + self.mails)
        rows = self.rows(task)
        self.assertEqual(rows.mapped("state"), ["failed"] * 2)
        self.assertEqual(rows.mapped("reason"), ["template_error"] * 2)

    def test_b07_value_that_does_not_exist(self):
        task = self.send(self.line(sms_template_id=self._create_sms("contact_name")))
        self.assert_reason(task, "template_error")
        self.send(self.line(sms_template_id=self._create_sms("partner_id.name")))
        self.assertEqual(self.texts[0][1], "Dear Karol Klient")

    def test_b07_mail_that_says_nothing_is_a_failure(self):
        picture = "<img src='/web/image/1' alt=''/>"
        for subject, body, state in (
            ("", "<p><br/></p>", "failed"),
            ("{{ object.email_cc }}", "<p><t t-out='object.email_cc'/></p>", "failed"),
            ("\u200b", "<div>\u00a0\u200b</div>", "failed"),
            ("Mow the lawn", "<p><br/></p>", "sent"),
            ("", "<p>Mow the lawn</p>", "sent"),
            ("", f"<p>{picture}</p>", "sent"),
        ):
            template = self._create_template(body, subject=subject)
            with self.subTest(subject=subject, body=body):
                task = self.send(
                    self.line("customer", "email", mail_template_id=template.id)
                )
                row = self.rows(task)
                self.assertEqual(row.state, state)
                if state == "failed":
                    self.assertEqual(row.reason, "template_error")
                    self.assertEqual(row.detail, "the text is empty")

    def test_b07_mail_that_only_brings_something_is_sent(self):
        attachment = self.env["ir.attachment"].create({"name": "Plan", "raw": b"A"})
        template = self._create_template(
            "<p/>", subject="", attachment_ids=attachment.ids
        )
        task = self.send(self.line("customer", "email", mail_template_id=template.id))
        self.assertEqual(self.rows(task).state, "sent")

    def _create_sms(self, path):
        template = self.env["sms.template"].create(
            {
                "name": "SMS",
                "model_id": self.env.ref("project.model_project_task").id,
                "body": f"Dear {{{{ object.{path} }}}}",
            }
        )
        return template.id

    def test_template_that_fails_for_one_task_does_not_keep_the_others(self):
        template = self._create_template(BODIES["failing"])
        tasks = self.env["project.task"]
        for number in range(6):
            line = self.line("customer", "email", mail_template_id=template.id)
            description = "<p>Text</p>" if number % 2 else False
            tasks += self.create_task(line, description=description)
        self.pass_time(hours=1)
        self.run_service()
        for task in tasks:
            expected = "sent" if task.description else "failed"
            self.assertEqual(self.rows(task).state, expected)
        self.assertEqual(len(self.mails), 3)
        failed = self.log.search(
            [("state", "=", "failed"), ("task_id", "in", tasks.ids)]
        )
        self.assertEqual(set(failed.mapped("reason")), {"template_error"})
