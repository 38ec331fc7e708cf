from collections import defaultdict

from odoo import api, fields, models

from ..tools.after_commit import call_after_commit


class SmsSms(models.Model):
    _inherit = "sms.sms"

    sms_smsapi_id = fields.Char(
        related="sms_tracker_id.sms_smsapi_id",
        depends=["sms_tracker_id"],  # which can't be searched
    )
    failure_type = fields.Selection(
        selection_add=[("smsapi_unconfirmed", "Not known whether it was sent")]
    )

    def _split_by_api(self):
        """Yield each company's SMS with its own account."""
        rest = self.browse()
        for company, texts in self._group_by_smsapi_company().items():
            if company.sms_provider == "smsapi":
                client = company._get_sms_api_class()(self.env)
                client._set_company(company)
                yield client, texts
            else:
                rest += texts
        if rest:
            yield from super(SmsSms, rest)._split_by_api()

    def _send(self, unlink_failed=False, unlink_sent=True, raise_exception=False):
        """Send each company's SMS with its own account, also out of Odoo's queue.

        That takes the account of the company that the scheduled action works in, and
        fails when SMS of several companies are due.
        """
        companies = self._group_by_smsapi_company()
        is_own = any(company.sms_provider == "smsapi" for company in companies)
        if self.env.context.get("sms_api") or not is_own:
            return super()._send(unlink_failed, unlink_sent, raise_exception)
        for client, texts in self._split_by_api():
            own = texts.with_context(sms_api=client)
            super(SmsSms, own)._send(unlink_failed, unlink_sent, raise_exception)
        return None

    def _group_by_smsapi_company(self):
        """Return the SMS by the company that they are sent for.

        :return dict[res.company, sms.sms]:
        """
        groups = defaultdict(self.browse)
        for sms in self:
            groups[sms._get_sms_company()] += sms
        return groups

    def _handle_call_result_hook(self, results):
        """Keep SMSAPI's name of each SMS, and look for reports that were faster."""
        groups = self._group_by_smsapi_company()
        own = self.browse().concat(
            *(
                texts
                for company, texts in groups.items()
                if company.sms_provider == "smsapi"
            )
        )
        ids = {result["uuid"]: result.get("sms_smsapi_id") for result in results}
        for company, texts in (own and groups or {}).items():
            for sms in texts & own:
                if tracker := sms.sms_tracker_id:
                    tracker.sms_smsapi_company_id = company
                    tracker.sms_smsapi_id = ids.get(sms.uuid) or tracker.sms_smsapi_id
        if own:
            uuids = own.mapped("uuid")
            call_after_commit(
                self.env, "sms.smsapi.report", [], "_take_over_about", uuids
            )
        return super(SmsSms, self - own)._handle_call_result_hook(results)

    @api.model
    def _end_by_smsapi(self, uuids, state):
        """Note at SMS what SMSAPI has reported, so that nobody sends them again.

        :param list[str] uuids:
        :param str state: ``pending`` or ``sent``
        """
        known = self.search([("uuid", "in", uuids), ("state", "!=", "canceled")])
        known.write({"state": state, "failure_type": False, "to_delete": True})
