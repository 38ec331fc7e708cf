import re
from datetime import timedelta

from odoo.addons.crm_task_reminder.tests.common import ReminderCommon
from odoo.addons.crm_task_reminder.tools.incoming import IncomingText
from odoo.tests import HttpCase

from ..controllers.reply_page import limiter

#: 20 letters, as a company's address may have.
ADDRESS = "https://www.zielony-dom-1.pl"
#: What the page tells nobody.
SECRETS = ("Karol", "karol@", "600 100", "+48600", "Adam", "access_token")
LINK = re.compile(r"/a/([A-Za-z0-9]{11})(?![A-Za-z0-9])")
NONCE = re.compile(r'name="nonce" value="([^"]+)"')
#: The customer's, as providers write it.
NUMBER = "+48600100200"


class ReplyCommon(ReminderCommon):
    """A company whose customers answer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        parameters = cls.env["ir.config_parameter"]
        parameters.set_param("web.base.url", ADDRESS)
        parameters.set_param("web.base.url.freeze", True)
        cls.answers = cls.env["crm.task.reminder.answer"]
        cls.links = cls.env["crm.task.reminder.link"]

    def send_link(self, *reminders, **values):
        """Send a reminder by SMS unless given; return its task and its token."""
        task = self.send(*reminders or [self.line()], **values)
        return task, self.get_tokens()[-1]

    def create_deadline_line(self):
        """Return a line for a deadline that is due in an hour; there is no start."""
        template = self.env.ref("crm_task_reminder.mail_template_customer_before_end")
        task = self.create_task(planned_date_begin=False)
        task.date_deadline = self.now + timedelta(hours=2)
        line = self.line(channel="email", moment="before_end", task_id=task.id)
        line["mail_template_id"] = template.id
        return self.env["crm.task.reminder"].create(line)

    def get_tokens(self):
        """Return the tokens in all that the last run has sent, each once."""
        texts = [text for _number, text in self.texts]
        texts += [mail["body"] for mail in self.mails]
        return list(dict.fromkeys(LINK.findall(" ".join(texts))))

    def answer(self, task, kind="coming", **values):
        """Answer as the customer does, without the page."""
        return self.answers._record(task, kind, "page", **values)


class TextCommon(ReplyCommon):
    """Customers who write SMS."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.texts_in = cls.env["crm.task.reminder.text"]
        cls.blacklist = cls.env["phone.blacklist"]

    def write_text(self, body, number=NUMBER, company=None, ident=None, **values):
        """Let a text come in; return what is kept of it."""
        self.count = getattr(self, "count", 0) + 1
        text = IncomingText("test", ident or f"M{self.count}", number, body, **values)
        return self.texts_in._receive_text(company or self.company, text)

    def is_blacklisted(self, number=NUMBER):
        return bool(self.blacklist.search_count([("number", "=", number)]))


class PageCommon(ReplyCommon, HttpCase):
    """The customer at the page."""

    def setUp(self):
        super().setUp()
        limiter.clear()

    def get(self, token, place="", **options):
        return self.url_open(f"/a/{token}{place}", **options)

    def post(self, token, place="", nonce=None, follow=True, **values):
        """Send the form of a page; with the nonce that the page has unless given."""
        if nonce is None:
            nonce = self.get_nonce(token, place)
        return self.url_open(
            f"/a/{token}{place}",
            data={"nonce": nonce, **values},
            allow_redirects=follow,
        )

    def get_nonce(self, token, place=""):
        [nonce] = NONCE.findall(self.get(token, place).text)
        return nonce


class LinkedPageCommon(PageCommon):
    """The customer at the page of a message that has just come."""

    def setUp(self):
        super().setUp()
        self.task, self.token = self.send_link()
