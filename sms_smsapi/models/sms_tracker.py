import logging
import re

from odoo import api, fields, models

_logger = logging.getLogger(__name__)

#: What an SMS is handed over with: Odoo's uuid of it, and the number of the attempt
#: after the first one.
IDX = re.compile(r"([0-9a-f]{32})(?:-(\d{1,4}))?")
#: What SMSAPI's statuses mean that say where the SMS is: a state of Odoo's SMS.
STATES = {403: "pending", 404: "sent", 410: "pending"}
#: And those that say that it won't arrive: an error of Odoo's.
ERRORS = {
    402: "expired",
    405: "not_delivered",
    406: "not_delivered",
    407: "rejected",
    412: "rejected",
}
#: 401 not found, 408 unknown, 409 in SMSAPI's queue, 411 is tried again: no news.
NO_NEWS = (401, 408, 409, 411)


class SmsTracker(models.Model):
    """What SMSAPI tells of an SMS after it has taken it."""

    _inherit = "sms.tracker"

    sms_smsapi_id = fields.Char(string="SMSAPI ID", readonly=True)
    sms_smsapi_company_id = fields.Many2one(
        "res.company",
        string="SMSAPI Company",
        readonly=True,
        ondelete="cascade",
        help="Whose account it was sent with.",
    )
    sms_smsapi_failures = fields.Integer(
        string="Failures at SMSAPI",
        readonly=True,
        help="How often SMSAPI took it and could not deliver it.",
    )

    def _get_smsapi_idx(self, uuid):
        """Return by what SMSAPI knows whether it has had an SMS before.

        It stays the same as long as nobody knows better. Once an SMS could not be
        delivered, the next attempt is another one.

        :param str uuid: the SMS's
        """
        count = self.sms_smsapi_failures
        return f"{uuid}-{count}" if count else uuid

    @api.model
    def _receive_smsapi(self, company, reports):
        """Take over what SMSAPI reports; return the reports of which no SMS is known.

        Reports come repeated and in any order. Of each SMS, delivered is the last word,
        and a failure is the last word about its attempt.

        :param res.company company: whose account it is
        :param list[tuple[str, str]] reports: idx and status of each
        :return list[tuple[str, int]]:
        """
        read = [
            (match[1], int(match[2] or 0), int(status))
            for idx, status in reports
            if (match := IDX.fullmatch(idx)) and re.fullmatch(r"\d{3}", status)
        ]
        known = self.search([("sms_uuid", "in", [uuid for uuid, *_rest in read])])
        owners = known._get_smsapi_companies()
        trackers = known.grouped("sms_uuid")
        # Odoo's mass sending has no receipts: there is nothing to write then.
        wanted = [uuid for uuid, *_rest in read if uuid not in trackers]
        untracked = set(
            self.env["sms.sms"].search([("uuid", "in", wanted)]).mapped("uuid")
        )
        early = []
        for uuid, attempt, status in read:
            tracker = trackers.get(uuid)
            if uuid in untracked:
                continue
            if not tracker:
                early.append((f"{uuid}-{attempt}" if attempt else uuid, status))
            elif owners.get(tracker) == company:
                tracker._apply_smsapi(attempt, status)
            else:
                _logger.warning("SMSAPI: a report about an SMS of another company")
        return early

    def _get_smsapi_companies(self):
        """Return with which company's account each SMS is sent, where that is known."""
        owners = {
            tracker: tracker.sms_smsapi_company_id
            for tracker in self
            if tracker.sms_smsapi_company_id
        }
        rest = self.filtered(lambda tracker: tracker not in owners)
        texts = self.env["sms.sms"].search([("uuid", "in", rest.mapped("sms_uuid"))])
        by_uuid = rest.grouped("sms_uuid")
        for sms in texts:
            company = sms._get_sms_company()
            if company.sms_provider == "smsapi":
                owners[by_uuid[sms.uuid]] = company
        return owners

    def _apply_smsapi(self, attempt, status):
        """Take over one report.

        :param int attempt: the one that it is about, 0 for the first
        :param int status: SMSAPI's number
        """
        self.ensure_one()
        is_present = attempt == self.sms_smsapi_failures
        is_delivered = self.mail_notification_id.notification_status == "sent"
        state, error = STATES.get(status), ERRORS.get(status)
        if is_delivered or not (state == "sent" or is_present):
            return
        if state:
            self._action_update_from_sms_state(state)
            self.env["sms.sms"]._end_by_smsapi([self.sms_uuid], state)
        elif error:
            self.sms_smsapi_failures += 1
            reason = self._explain_smsapi(status)
            known_reason = self.with_context(sms_known_failure_reason=reason)
            known_reason._action_update_from_provider_error(error)
        elif status not in NO_NEWS:
            _logger.warning("SMSAPI: a report with the unknown status %s", status)

    def _explain_smsapi(self, status):
        """Return in words why an SMS did not arrive, in the language of its author."""
        author = self.mail_notification_id.mail_message_id.author_id
        env = self.with_context(lang=author.lang or self.env.lang).env
        return {
            402: env._("The phone could not be reached in time."),
            405: env._("The phone network could not deliver it."),
            406: env._("SMSAPI could not send it."),
            407: env._("The phone network refused it."),
            412: env._("It was stopped at SMSAPI."),
        }[status]
