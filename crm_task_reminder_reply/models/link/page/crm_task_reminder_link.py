import re
import time

from odoo import api, fields, models
from odoo.addons.crm_task_reminder.tools.language import get_reader_lang
from odoo.addons.crm_task_reminder.tools.plain_text import part
from odoo.tools import consteq, hmac

from ...answer.crm_task_reminder_answer import KINDS, MAX_TEXT

#: What a page's nonce is made for: no other part of Odoo takes it.
SCOPE = "crm_task_reminder_reply"
#: Seconds for which a page that lies open can be answered.
PAGE_LIFE = 24 * 60 * 60


class CrmTaskReminderLink(models.Model):
    """What the page of a link shows, and what comes back from it."""

    _inherit = "crm.task.reminder.link"

    def _get_state(self):
        """Return whether the link can still be answered, and if not, why.

        :return str: *open*, *moved*, *undated*, *off* or *over*
        """
        self.ensure_one()
        task = self.task_id
        if not task.active or task.state == "1_canceled":
            return "off"
        if not task.planned_date_begin:
            return "undated"
        if task.planned_date_begin != self.start:
            return "moved"
        if not task._allows_reminders() or self.start <= fields.Datetime.now():
            return "over"
        return "open"

    def _get_answer(self):
        """Return the answer to the start that its message was about."""
        self.ensure_one()
        return self.task_id.reminder_answer_ids.filtered(
            lambda answer: (
                answer.start == self.start and answer.partner_id == self.partner_id
            )
        )

    # ------------------------------------------------------------------
    # Shown
    # ------------------------------------------------------------------

    def _get_title(self):
        """Return what its message called the task: its reader is told no other name."""
        return part(self.title or "") or self.env._("Your appointment")

    def _get_place(self):
        """Return where the task is, if its message said so and it is still there."""
        return self.place if self.place == self.task_id._get_reminder_place() else ""

    def _prepare_page(self, kind="", text="", problem=""):
        """Return what the page needs: what its message said, and no more.

        :param str kind: the answer that was chosen, but not sent yet
        :param str text: a wish that could not be taken
        :param str problem: why not
        """
        self.ensure_one()
        task, company = self.task_id, self.company_id
        answer = self._get_answer().filtered("is_current")
        state = self._get_state()
        # else whoever presses the button again would take the wish back
        wish = answer.text if answer.kind == "other" else ""
        # else it would tell another start
        is_told = task.planned_date_begin == self.start
        return {
            "title": self._get_title(),
            "when": is_told and task._split_reminder_start().get(task.id),
            "where": is_told and self._get_place(),
            "state": state,
            "answer": answer.kind or "",
            "answer_text": answer.text or "",
            "chosen": kind if kind in dict(KINDS) else "",
            "text": text or wish or "",
            "problem": problem,
            "limit": MAX_TEXT,
            "nonce": self._make_nonce(),
            **self._prepare_company_page(company),
        }

    @api.model
    def _prepare_company_page(self, company):
        """Return what a page shows of a company.

        :param res.company company:
        """
        layout = self.env["crm.task.reminder.channel.email"]._prepare_layout(company)
        address = company.partner_id._display_address(without_company=True)
        return {
            "company": company.name,
            "address": "\n".join(filter(None, map(str.strip, address.split("\n")))),
            "phone": company.phone or "",
            "phone_link": layout["phone_link"],
            "colour": layout["colour"],
            "ink": layout["ink"],
            "lang": (self.env.lang or "en").replace("_", "-"),
            "direction": get_reader_lang(self.env).direction,
        }

    # ------------------------------------------------------------------
    # Answered
    # ------------------------------------------------------------------

    def _make_nonce(self):
        """Return what shows that an answer comes from this link's page."""
        return self._sign(int(time.time()))

    def _sign(self, seconds):
        """Return a nonce that was made at a time.

        :param int seconds: since 1970
        """
        message = (self.id, self.token_hash, seconds)
        return f"{seconds}.{hmac(self.env(su=True), SCOPE, message)}"

    def _check_nonce(self, nonce):
        """Tell whether a nonce was made for this link's page, and not long ago.

        :param str nonce: anything, as it came
        """
        head = nonce.partition(".")[0]
        if not re.fullmatch(r"[0-9]{1,12}", head):
            return False
        age = time.time() - int(head)
        # as bytes: texts with other letters than ASCII are not compared
        wanted = self._sign(int(head)).encode()
        return 0 <= age + 1 <= PAGE_LIFE and consteq(nonce.encode(), wanted)

    def _take_answer(self, kind, text, nonce):
        """Keep what came from the page, if it can be taken.

        :param str kind: anything, as it came, like the others
        :return str: why it can't, in the reader's words; empty if it was taken
        """
        self.ensure_one()
        text = text.replace("\r\n", "\n").strip()
        if not self._check_nonce(nonce) or kind not in dict(KINDS):
            return self.env._("The page was open for too long. Please answer again.")
        if len(text) > MAX_TEXT:
            return self.env._("At most %s characters, please.", MAX_TEXT)
        if self._get_state() == "open":
            answer = self.env["crm.task.reminder.answer"]
            wish = text.replace("\0", "") if kind == "other" else ""
            answer._record(self.task_id, kind, "page", text=wish)
        return ""
