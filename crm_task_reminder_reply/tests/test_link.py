from odoo.addons.crm_task_reminder.tools import gsm
from odoo.tests import tagged

from ..hooks import uninstall_hook
from ..tools import token as tokens
from .common import ADDRESS, LINK, ReplyCommon


@tagged("post_install", "-at_install")
class TestLink(ReplyCommon):
    """Which messages have a link, and what is kept of it."""

    def test_an_sms_for_the_customer_ends_with_a_short_link(self):
        self.send(self.line())
        [(_number, text)] = self.texts
        self.assertRegex(text, rf" Answer: {ADDRESS}/a/[A-Za-z0-9]{{11}}$")

    def test_an_sms_in_polish_with_a_link_is_one(self):
        self.env["res.lang"]._activate_lang("pl_PL")
        self.customer.lang = "pl_PL"
        self.company.phone = "+48 22 555 01 10"
        self.send(self.line(), name="Przycinanie żywopłotu")
        [(_number, text)] = self.texts
        self.assertEqual(len(ADDRESS.removeprefix("https://")), 20)
        self.assertEqual(gsm.count_parts(text), 1, text)
        self.assertLessEqual(set(text), gsm.ALPHABET)
        self.assertTrue(LINK.search(text))

    def test_a_short_text_keeps_the_companys_contact(self):
        self.send(self.line(), name="Mow")
        [(_number, text)] = self.texts
        self.assertIn("Questions? +48221234567 Answer: https://", text)

    def test_no_link_takes_the_place_of_the_companys_name(self):
        """Who has neither phone nor e-mail has the name for a contact."""
        self.company.write({"phone": False, "email": False})
        line = self.line()
        template = self.env["sms.template"].browse(line["sms_template_id"])
        template.body = "{{ object.reminder_company_id.name }}: {{ object.name }}"
        self.send(line, name="Mow the lawn, " * 8)
        [(_number, text)] = self.texts
        self.assertTrue(text.startswith(self.company.name), text)

    def test_what_is_called_off_asks_for_no_answer(self):
        """“I'm coming” stood below “was called off”."""
        news = {"moment": "called_off"}
        task = self.send(
            self.line(), self.line(**news), self.line(channel="email", **news)
        )
        task.state = "1_canceled"
        self.pass_time(minutes=6)
        self.run_service()
        [(_number, text)] = self.texts
        self.assertFalse(LINK.search(text))
        [mail] = self.mails
        self.assertNotIn("coming", mail["body"])
        self.assertNotIn("task.ics", mail["body"] + mail["body_alternative"])
        self.assertNotIn("Your answer", mail["body_alternative"])
        self.assertRegex(mail["body_alternative"], r"No more reminders: \S+/stop")
        self.assertIn("/stop", mail["body"])

    def test_b07_a_link_alone_is_no_message(self):
        """“Answer: https://…”: of what, and whose?"""
        line = self.line()
        self.env["sms.template"].browse(
            line["sms_template_id"]
        ).body = "{{ object.partner_id.function }}"
        task = self.send(line)
        self.assertFalse(self.texts)
        self.assertEqual(self.rows(task).reason, "template_error")

    def test_a_long_title_is_cut_and_the_link_is_whole(self):
        self.send(self.line(), name="Lawn " * 200)
        [(_number, text)] = self.texts
        self.assertLessEqual(gsm.count_parts(text), self.company.reminder_sms_parts)
        self.assertRegex(text, r"/a/[A-Za-z0-9]{11}$")

    def test_a_mail_for_the_customer_has_buttons(self):
        self.send(self.line(channel="email"))
        [mail] = self.mails
        [token] = self.get_tokens()
        for part in ("coming", "declined", "other"):
            self.assertIn(f"{ADDRESS}/a/{token}?answer={part}", mail["body"])
        self.assertIn(f"{ADDRESS}/a/{token}/task.ics", mail["body"])
        self.assertIn(f"{ADDRESS}/a/{token}/stop", mail["body"])
        self.assertIn(f"{ADDRESS}/a/{token}", mail["body_alternative"])
        self.assertNotIn(tokens.SAMPLE, str(mail))
        self.assertNotIn("<!--reminder", mail["body"])

    def test_a_mail_says_how_to_get_no_more_by_one_click(self):
        self.send(self.line(channel="email"))
        [mail] = self.mails
        [token] = self.get_tokens()
        headers = mail["headers"]
        self.assertEqual(headers["List-Unsubscribe"], f"<{ADDRESS}/a/{token}/stop>")
        self.assertEqual(headers["List-Unsubscribe-Post"], "List-Unsubscribe=One-Click")

    def test_d03_a_domain_with_accents_is_encoded(self):
        """Without them the link led to another domain, and its owner got the token."""
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("web.base.url", "https://zielonyogród.pl")
        self.send(self.line(), self.line(channel="email"), name="Żywopłot")
        [(_number, text)] = self.texts
        encoded = "https://xn--zielonyogrd-zeb.pl"
        self.assertRegex(text, rf"Zywoplot.* {encoded}/a/[A-Za-z0-9]{{11}}$")
        [mail] = self.mails
        self.assertTrue(
            mail["headers"]["List-Unsubscribe"].startswith(f"<{encoded}/a/")
        )
        self.assertIn(f"{encoded}/a/", mail["body"])

    def test_the_staff_get_no_links(self):
        self.send(self.line("operator"), self.line("operator", "email"))
        self.assertEqual((len(self.texts), len(self.mails)), (1, 1))
        self.assertEqual(self.get_tokens(), [])
        [mail] = self.mails
        self.assertNotIn("reminder-", mail["body"])
        self.assertNotIn("List-Unsubscribe", mail["headers"])
        self.assertFalse(self.links.search([]))

    def test_a_layout_of_the_templates_own_has_the_buttons_at_its_end(self):
        template = self.env.ref("crm_task_reminder.mail_template_customer")
        template.email_layout_xmlid = "mail.mail_notification_light"
        self.send(self.line(channel="email"))
        [mail] = self.mails
        [token] = self.get_tokens()
        head, _link, tail = mail["body"].partition(f"/a/{token}?answer=coming")
        # mail programs drop a row that is in no table, with its room and its size
        self.assertGreater(head.rfind("<table"), head.rfind("</table>"))
        self.assertGreater(head.rfind("<tr"), head.rfind("<table"))
        self.assertIn("</table>", tail)

    def test_each_message_has_a_link_of_its_own(self):
        self.customer.email = "karol@klient.example, office@klient.example"
        self.send(self.line(), self.line(channel="email"))
        self.assertEqual(len(self.get_tokens()), 3)

    def test_only_the_hash_is_kept(self):
        task, token = self.send_link(self.line())
        row = self.rows(task)
        self.assertEqual(row.link_id.token_hash, tokens.digest(token))
        self.assertNotIn(token, row.message_id.body)
        self.assertNotIn(token, str(row.link_id.read()))
        self.assertIn("/a/…", row.message_id.body)

    def test_a_token_has_64_random_bits(self):
        self.assertGreaterEqual(len(tokens.LETTERS) ** tokens.LENGTH, 2**64)
        self.assertEqual(len({tokens.create() for _time in range(1000)}), 1000)

    def test_links_of_a_batch_are_made_together(self):
        model = self.registry["crm.task.reminder.link"]
        original, sizes = model.create, []

        def create(links, vals_list):
            sizes.append(len(vals_list))
            return original(links, vals_list)

        self.patch(model, "create", create)
        for _time in range(5):
            self.create_task(self.line())
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual(sizes, [5])
        self.assertEqual(len(self.get_tokens()), 5)

    def test_a_preview_shows_where_the_link_will_be_and_makes_none(self):
        task = self.create_task(self.line(), self.line(channel="email"))
        for line in task.reminder_ids:
            preview = self.env["crm.task.reminder.preview"].create(
                {"reminder_id": line.id}
            )
            self.assertIn(f"/a/{tokens.SAMPLE}", preview.content)
        self.assertFalse(self.links.search([]))


@tagged("post_install", "-at_install")
class TestDeadLinks(ReplyCommon):
    """No message leaves with a link that leads nowhere."""

    def test_a_company_that_was_switched_off_sends_none(self):
        self.send_while_down()
        self.company.reminder_enabled = False
        self.pass_time(minutes=10)
        self.run_service()
        self.assertEqual(self.texts, [])

    def test_a_deleted_task_sends_none(self):
        task = self.send_while_down()
        task.unlink()
        self.pass_time(minutes=10)
        self.run_service()
        self.assertEqual(self.texts, [])

    def test_b03_another_customer_at_the_same_number_gets_a_link_that_lives(self):
        task = self.send_while_down()
        task.partner_id = self.customer.copy({"name": "Jan Kowalski"})
        for _run in range(2):
            self.pass_time(minutes=2)
            self.run_service()
        [token] = self.get_tokens()
        link = self.links._find(token)
        self.assertEqual(link.partner_id, task.partner_id)

    def test_b04_a_place_that_is_corrected_meanwhile_is_told(self):
        self.project.reminder_place = "Lipowa 1"
        other = self.create_task(self.line(), reminder_place="Polna 5")
        task = self.send_while_down()
        self.project.reminder_place = "Lipowa 2"
        texts = []
        for _run in range(3):
            self.pass_time(minutes=2)
            self.run_service()
            texts += [text for _number, text in self.texts]
        self.assertEqual(len(texts), 2)
        self.assertTrue(any("Lipowa 2" in text for text in texts))
        self.assertIn("renewed", self.rows(task).mapped("reason"))
        self.assertEqual(self.rows(task).link_id[-1:].place, "Lipowa 2")
        self.assertEqual(self.rows(other).mapped("state"), ["sent"])

    def test_an_uninstallation_takes_back_what_waits(self):
        task = self.send_while_down()
        uninstall_hook(self.env)
        row = self.rows(task)
        self.assertEqual((row.state, row.reason), ("skipped", "renewed"))
        self.assertEqual(task.reminder_ids.state, "scheduled")

    def test_an_uninstallation_takes_all_activities_along(self):
        """Those that are done are archived, and kept their kind from being deleted."""
        task = self.create_task()
        self.answer(task, "declined")
        task.activity_ids.action_done()
        self.answer(task, "other", text="Friday?")
        activities = self.env["mail.activity"].with_context(active_test=False)
        mine = [("res_model", "=", "project.task"), ("res_id", "=", task.id)]
        self.assertEqual(len(activities.search(mine)), 2)
        uninstall_hook(self.env)
        self.assertFalse(activities.search(mine))
