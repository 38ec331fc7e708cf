from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.addons.crm_task_reminder.tools import ascii_address
from odoo.tools.constants import GC_UNLINK_LIMIT

from ...tools import token as tokens
from ..answer.crm_task_reminder_answer import KINDS

#: How long after its end a task's links still open something.
VALID_FOR = timedelta(days=7)
#: The path of the page, as short as can be: it stands in SMS.
PATH = "/a"


class CrmTaskReminderLink(models.Model):
    """The link of one message, by which its recipient answers.

    Who has the link is who got the message: there is no sign-in. So it opens nothing
    but this one customer's answers about this one task.
    """

    _name = "crm.task.reminder.link"
    _description = "Link of a Task Reminder"

    token_hash = fields.Char(
        required=True, readonly=True, groups=fields.NO_ACCESS, copy=False
    )
    task_id = fields.Many2one(
        "project.task", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(
        "res.partner", required=True, index=True, ondelete="cascade"
    )
    channel = fields.Char(required=True, help="The form of its message.")
    address = fields.Char(required=True, help="Where its message went.")
    start = fields.Datetime(required=True, help="The start that its message was about.")
    lang = fields.Char(help="The language that its message was written in.")
    tz = fields.Char(help="The time zone that its message was written for.")
    title = fields.Char(help="What its message called the task, as far as it did.")
    place = fields.Char(help="Where the task is, if its message said so.")
    asks_for_answer = fields.Boolean(help="Whether its message asked for an answer.")
    answer = fields.Selection(
        KINDS, help="What was answered about this start, by this message or another."
    )

    log_ids = fields.One2many("crm.task.reminder.log", "link_id")

    _token_unique = models.UniqueIndex("(token_hash)")

    # ------------------------------------------------------------------
    # Issued
    # ------------------------------------------------------------------

    @api.model
    def _get_address(self, company):
        """Return the address of a link whose token is not known yet.

        :param res.company company:
        """
        # sudo: where the company's pages are is no secret
        base = ascii_address.encode(company.sudo().get_base_url().rstrip("/"))
        return f"{base}{PATH}/{tokens.SAMPLE}"

    @api.model
    def _issue(self, company, deliveries):
        """Give each delivery a token, and keep what the tokens open; by one query.

        :param res.company company:
        :param list[Delivery] deliveries: to customers, with their content
        """
        # sudo: links are nobody's to read or write
        created = [tokens.create() for _delivery in deliveries]
        links = self.sudo().create(
            [
                {
                    **self._prepare_values(company, delivery),
                    "token_hash": tokens.digest(token),
                }
                for token, delivery in zip(created, deliveries, strict=True)
            ]
        )
        for link, token, delivery in zip(links, created, deliveries, strict=True):
            delivery.content = self._put_token(delivery.content, token)
            delivery.content["token"] = token
            delivery.row["link_id"] = link.id

    @api.model
    def _prepare_values(self, company, delivery):
        """Return what is kept of a message, besides its token.

        :param res.company company:
        :param Delivery delivery: with its content
        :return dict: values of a new link
        """
        task, reminder = delivery.task, delivery.reminder
        is_off = reminder.moment == "called_off"
        # what is called off may have another start by now than was told, or none
        start = delivery.anchor if is_off else reminder._get_start()
        asks = reminder._asks_for_answer()
        return {
            "task_id": task.id,
            "company_id": company.id,
            "partner_id": delivery.recipient.partner.id,
            "channel": delivery.channel._channel,
            "address": delivery.address,
            "start": start or delivery.anchor,
            "lang": delivery.recipient.lang,
            "tz": delivery.recipient.tz,
            "asks_for_answer": asks,
            # who is reminded in any case may have answered before
            "answer": asks and task._get_reminder_answer().kind,
        }

    @api.model
    def _put_token(self, content, token):
        """Return a content in which the token stands where the sample did.

        :param dict content: texts, and other values that stay as they are
        """

        def put(value):
            if isinstance(value, str):
                return value.replace(tokens.SAMPLE, token)
            return self._put_token(value, token) if isinstance(value, dict) else value

        return {name: put(value) for name, value in content.items()}

    # ------------------------------------------------------------------
    # Found
    # ------------------------------------------------------------------

    @api.model
    def _find(self, token):
        """Return the link of a token, in its reader's language and zone.

        Of one that is unknown, cut, revoked or has expired, nothing is told: it looks
        like one that has never been, and takes as long.

        :param str token: anything, as it came
        :return crm.task.reminder.link: as superuser; empty if it opens nothing
        """
        # The token is the right to read what belongs to it. Not as the public user:
        # nobody else may read who has written what comes of it.
        links = self.with_user(SUPERUSER_ID)
        known = token if tokens.is_token(token) else tokens.SAMPLE
        link = links.search([("token_hash", "=", tokens.digest(known))])
        # any other, so that its conditions are looked at as well
        looked_at = link or links.search([], order="id desc", limit=1)
        is_valid = looked_at._is_valid() if looked_at else False
        if not link or not is_valid:
            return links.browse()
        return link.with_context(
            lang=link.task_id._get_reminder_lang(link.lang),
            tz=link.tz,
            allowed_company_ids=link.company_id.ids,
        )

    def _is_valid(self):
        """Tell whether it is still its reader's, and the task has not long ended.

        All is looked at, whatever is found first: the time it takes tells nothing.
        """
        self.ensure_one()
        task, company = self.task_id, self.company_id
        # the message may have been sent after the end
        dates = (
            self.start,
            task.planned_date_begin,
            task.date_deadline,
            self.create_date,
        )
        conditions = (
            company.active and company.reminder_enabled,
            task.company_id in (company, company.browse()),
            fields.Datetime.now() - VALID_FOR <= max(filter(None, dates)),
            task.partner_id == self.partner_id,
            self._is_still_addressed(),
        )
        return all(conditions)

    def _is_still_addressed(self):
        """Tell whether its message would go to the same address today."""
        channel = self.env["crm.task.reminder"]._get_channels().get(self.channel)
        if channel is None:  # the form has been uninstalled
            return False
        task, company = self.task_id, self.company_id
        return self.address in task._get_reminder_customer_addresses(company, channel)

    # ------------------------------------------------------------------
    # Removed
    # ------------------------------------------------------------------

    @api.autovacuum
    def _gc_old_links(self):
        """Remove those that open nothing and that no row of the log belongs to."""
        limit = fields.Datetime.now() - VALID_FOR
        links = self.search(
            [
                ("start", "<", limit),
                ("create_date", "<", limit),
                "|",
                ("task_id.planned_date_begin", "=", False),
                ("task_id.planned_date_begin", "<", limit),
                "|",
                ("task_id.date_deadline", "=", False),
                ("task_id.date_deadline", "<", limit),
                ("log_ids", "=", False),
            ],
            limit=GC_UNLINK_LIMIT,
            order="id",
        )
        links.unlink()
        return len(links), len(links) == GC_UNLINK_LIMIT
