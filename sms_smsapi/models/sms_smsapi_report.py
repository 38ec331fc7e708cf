from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

#: How long a report waits for its SMS.
KEPT_FOR = timedelta(days=1)


class SmsSmsapiReport(models.Model):
    """A delivery report that was faster than the commit of the SMS that it is about.

    Where Odoo sends an SMS at once, SMSAPI may report before anybody else can see it.
    """

    _name = "sms.smsapi.report"
    _description = "Early Delivery Report of SMSAPI"
    _order = "id"

    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="cascade"
    )
    idx = fields.Char(required=True)
    uuid = fields.Char(required=True, index=True)
    status = fields.Integer(required=True)

    _report_unique = models.Constraint(
        "UNIQUE(company_id, idx, status)", "A report is kept once."
    )

    @api.model
    def _receive(self, company, reports):
        """Take over reports; keep those of which no SMS is known, and return them.

        :param res.company company: whose account it is
        :param list[tuple[str, str]] reports: idx and status of each
        :return sms.smsapi.report:
        """
        early = self.env["sms.tracker"]._receive_smsapi(company, reports)
        wanted = dict.fromkeys(early)  # each once, in order
        if not wanted:
            return self
        kept = self.search(
            [
                ("company_id", "=", company.id),
                ("idx", "in", [idx for idx, _status in wanted]),
            ]
        )
        known = {(report.idx, report.status) for report in kept}
        new = [one for one in wanted if one not in known]
        return kept + self._keep(company, new) if new else kept

    def _keep(self, company, reports):
        """Keep reports, and return them.

        Of two calls that bring the same at once, the later one has a conflict and is
        taken again; with ``create`` it would be refused, and all that is in it.

        :param res.company company: whose account it is
        :param list[tuple[str, int]] reports: idx and status of each
        :return sms.smsapi.report:
        """
        now = fields.Datetime.now()
        rows = [
            (company.id, idx, idx[:32], status, self.env.uid, now, self.env.uid, now)
            for idx, status in reports
        ]
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO sms_smsapi_report (company_id, idx, uuid, status,
                                               create_uid, create_date,
                                               write_uid, write_date)
                     VALUES %s
                ON CONFLICT (company_id, idx, status) DO NOTHING
                  RETURNING id
                """,
                SQL(", ").join(SQL("%s", row) for row in rows),
            )
        )
        return self.browse(id_ for (id_,) in self.env.cr.fetchall())

    def _take_over(self):
        """Take over what is kept and whose SMS is known by now."""
        for company, reports in self.grouped("company_id").items():
            told = [(report.idx, str(report.status)) for report in reports]
            early = self.env["sms.tracker"]._receive_smsapi(company, told)
            reports.filtered(
                lambda report, early=early: (report.idx, report.status) not in early
            ).unlink()

    @api.model
    def _take_over_about(self, uuids):
        """Take over reports about SMS whose sending has just been committed.

        What goes wrong then, the nightly clean-up does again.

        :param list[str] uuids: the SMS's
        """
        self.search([("uuid", "in", uuids)])._take_over()

    @api.autovacuum
    def _gc_reports(self):
        """Take over what has been left, and forget what nobody has asked for."""
        now = fields.Datetime.now()
        self.search([("create_date", "<", now)])._take_over()
        self.search([("create_date", "<", now - KEPT_FOR)]).unlink()
