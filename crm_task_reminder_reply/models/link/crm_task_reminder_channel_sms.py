from odoo import api, models
from odoo.addons.crm_task_reminder.tools import gsm

from ...tools import token as tokens


class CrmTaskReminderChannelSms(models.AbstractModel):
    """One short link at the end of an SMS for a customer."""

    _inherit = "crm.task.reminder.channel.sms"

    @api.model
    def _render(self, template, tasks):
        contents = super()._render(template, tasks)
        link = self.env["crm.task.reminder.link"]._get_address(tasks.env.company)
        reply = {"link": link, "ending": tasks.env._("Answer: %s", link)}
        contacts = {task.id: task.reminder_contact for task in tasks}
        return {
            key: {**content, "reply": {**reply, "contact": contacts[key]}}
            for key, content in contents.items()
        }

    @api.model
    def _personalise(self, company, delivery):
        content = delivery.content
        reply = content.pop("reply")
        if delivery.reminder._asks_for_answer():
            # before the text is cut to what may be sent: the link stays whole
            content["body"] = self._add_link(company, content["body"].rstrip(), **reply)
        return super()._personalise(company, delivery)

    @api.model
    def _add_link(self, company, text, link, ending, contact):
        """Return a text with the link in it, in the way that takes the fewest SMS.

        Where it is long, the link stands without a word before it, or for the company's
        contact: the page has its phone.

        :param res.company company:
        :param str text:
        :param str link:
        :param str ending: the link with a word before it
        :param str contact: as the text may have it
        """
        alphabet = self._get_alphabet(company)
        versions = [f"{text} {ending}", f"{text} {link}"]
        # a name alone says who writes
        if contact not in ("", False, company.name) and text.count(contact) == 1:
            versions.append(text.replace(contact, link))
        return min(versions, key=lambda one: gsm.count_parts(alphabet(one)))

    @api.model
    def _add_words(self, company, text, words, add):
        """Return a text with words and what else is added to it, in as many SMS.

        The words are left out where they would cost a further SMS, or stand there.

        :param res.company company:
        :param str text:
        :param str words: a sentence; may be empty
        :param function add: returns a text with what is to stand behind it
        """
        without = add(text)
        if not words or words in text:
            return without
        alphabet = self._get_alphabet(company)
        whole = add(f"{text} {words}")
        parts = [gsm.count_parts(alphabet(one)) for one in (whole, without)]
        return whole if parts[0] <= parts[1] else without

    @api.model
    def _has_reply_link(self, delivery):
        return (
            delivery.reminder.audience == "customer"
            and tokens.SAMPLE in delivery.content["body"]
        )

    @api.model
    def _prepare_message(self, company, delivery):
        """Leave the token out of the chatter: it is the customer's alone."""
        values = super()._prepare_message(company, delivery)
        if token := delivery.content.get("token"):
            values["body"] = values["body"].replace(token, "…")
        return values
