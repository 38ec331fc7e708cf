from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from .crm_task_reminder_service import LOCK_SPACE

SERVICE = "crm_task_reminder.ir_cron_crm_task_reminder"
SERVICE_STATES = [
    ("running", "Running"),
    ("off", "Switched off"),
    ("stalled", "Stalled"),
    ("failing", "Failing"),
]
MAX_WORKERS = 8
#: What the further workers of the service have in common with the first.
SHARED_FIELDS = {"active", "interval_number", "interval_type", "priority", "user_id"}
#: The service counts as stalled when it has not run for so many intervals.
STALLED_INTERVALS = 3


class IrCron(models.Model):
    _inherit = "ir.cron"

    def write(self, vals):
        result = super().write(vals)
        shared = {name: vals[name] for name in SHARED_FIELDS & vals.keys()}
        if shared and self.env.ref(SERVICE, raise_if_not_found=False) in self:
            workers = self._get_reminder_workers() - self
            if workers:
                workers.write(shared)
        return result

    # ------------------------------------------------------------------
    # Workers: that many scheduled actions of the same method
    # ------------------------------------------------------------------

    @api.model
    def _get_reminder_workers(self):
        """Return the service's scheduled actions, switched off ones included.

        The first is the one that stands for the service.
        """
        workers = self.with_context(active_test=False).search(
            [
                ("model_id.model", "=", "crm.task.reminder.service"),
                ("code", "=like", "model._cron_run(%"),
            ],
            order="id",
        )
        first = self.env.ref(SERVICE, raise_if_not_found=False)
        return workers.sorted(lambda worker: worker != first)

    @api.model
    def _get_reminder_worker(self):
        """Return the scheduled action that stands for the service.

        :raise UserError: somebody has deleted it
        """
        workers = self._get_reminder_workers()
        if not workers:
            raise UserError(
                self.env._(
                    "The scheduled action of the reminders was deleted. An upgrade of "
                    "the module brings it back."
                )
            )
        return workers[0]

    @api.model
    def _set_reminder_worker_count(self, count):
        """Let ``count`` workers send reminders at the same time.

        :param int count: 1 to 8
        :raise UserError: a worker that is to go is at work right now, or there is none
        """
        if not 1 <= count <= MAX_WORKERS:
            raise ValidationError(
                self.env._("Choose 1 to %s parallel workers.", MAX_WORKERS)
            )
        first, workers = self._get_reminder_worker(), self._get_reminder_workers()
        workers[count:].unlink()
        for number in range(len(workers) + 1, count + 1):
            first._create_reminder_worker(number)

    def _create_reminder_worker(self, number):
        """Create a further worker like this one."""
        worker = self.copy(
            {
                "name": f"{self.name} ({number})",
                "active": self.active,
                "nextcall": fields.Datetime.now(),
                "lastcall": False,
                "failure_count": 0,
                "first_failure_date": False,
            }
        )
        # with an external id, so that it goes when the module is uninstalled
        self.env["ir.model.data"]._update_xmlids(
            [{"xml_id": f"{SERVICE}_{worker.id}", "record": worker, "noupdate": True}]
        )

    # ------------------------------------------------------------------
    # State
    # ------------------------------------------------------------------

    @api.model
    def _get_reminder_service_state(self, company):
        """Return how the service is doing.

        :param res.company company: whose last run is looked at
        :return dict: ``state`` (*running*, *off*, *stalled* or *failing*), ``error``
            (the last one, in words), ``last_run`` and ``next_run`` (naive UTC or False)
        """
        workers = self._get_reminder_workers()
        at_work = workers.filtered("active")
        run = self._get_last_reminder_run(company)
        last_run = max(filter(None, workers.mapped("lastcall")), default=False)
        error = self._get_reminder_service_error(at_work, run)
        if not at_work:
            state = "off"
        elif at_work._is_reminder_stalled() and not self._is_reminder_service_at_work():
            state = "stalled"
        else:
            state = "failing" if error else "running"
        return {
            "state": state,
            "error": error,
            "last_run": last_run,
            "next_run": min(at_work.mapped("nextcall"), default=False),
        }

    @api.model
    def _get_last_reminder_run(self, company):
        """Return the row of the company's last run that has ended."""
        return self.env["crm.task.reminder.log"].search(
            [
                ("operation", "=", "service"),
                ("company_id", "=", company.id),
                ("state", "in", ("finished", "failed")),
            ],
            order="id desc",
            limit=1,
        )

    @api.model
    def _get_reminder_service_error(self, workers, run):
        """Return in words what went wrong last, empty when the last run was fine."""
        failing = workers.filtered("failure_count")[:1]
        if failing:
            reminders = self.env["crm.task.reminder"]
            return self.env._(
                "The scheduled action has failed since %(since)s (failures: "
                "%(count)s). The server's log tells why.",
                since=reminders._format_moment(failing.first_failure_date),
                count=failing.failure_count,
            )
        return run.reason_text if run.reason == "error" else ""

    def _is_reminder_stalled(self):
        """Tell whether none of the workers has run although they should have.

        A worker can only be late since it was switched on or last changed.
        """
        now = fields.Datetime.now()
        return all(
            max(filter(None, (worker.lastcall, worker.write_date)))
            + STALLED_INTERVALS * worker._get_reminder_interval()
            < now
            for worker in self
        )

    def _get_reminder_interval(self):
        """Return the time between two runs as a ``timedelta``, months as 30 days."""
        number = self.interval_number
        if self.interval_type == "months":
            return timedelta(days=30 * number)
        return timedelta(**{self.interval_type: number})

    @api.model
    def _is_reminder_service_at_work(self):
        """Tell whether a worker is in the middle of a run, however long it takes."""
        query = SQL(
            """
            SELECT EXISTS (
                SELECT FROM pg_locks
                  JOIN pg_database ON pg_database.oid = pg_locks.database
                 WHERE locktype = 'advisory'
                   AND classid = %s
                   AND granted
                   AND datname = current_database()
            )
            """,
            LOCK_SPACE,
        )
        return self.env.execute_query(query)[0][0]
