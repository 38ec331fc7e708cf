import json
import random
from contextlib import contextmanager, suppress

import psycopg2

from odoo import api, fields, models
from odoo.sql_db import Cursor

from ....tools.errors import ReminderError

NOTE = (
    "INSERT INTO crm_task_reminder_batch (run_id, reminder_ids, began_at) "
    "VALUES (%s, %s, %s)"
)
NO_WAIT = "SET LOCAL synchronous_commit = off"
FORGET = "DELETE FROM crm_task_reminder_batch WHERE run_id = %s"


class CrmTaskReminderQueue(models.AbstractModel):
    """What a worker dies of is found, and does not stop the others."""

    _inherit = "crm.task.reminder.queue"

    @api.model
    def _pick_batch(self, reminders):
        """Return the reminders to write now: those that a worker died with, alone.

        Any of these, so that one that a worker dies of does not stop the others.
        """
        suspects = reminders.filtered("death_count")
        return (reminders - suspects) or random.choice(suspects or [reminders])

    @api.model
    @contextmanager
    def _note_batch(self, reminders, run):
        """Note which reminders are written, so that it is known if the worker dies."""
        values = [run.id, json.dumps(reminders.ids), fields.Datetime.now()]
        self._write_batch(NOTE, values)
        try:
            yield
        finally:
            with suppress(psycopg2.Error):
                self._write_batch(FORGET, [run.id])

    @api.model
    def _write_batch(self, query, values):
        """Execute a query at once, by a connection of its own; a test has but one."""
        if not isinstance(self.env.cr, Cursor):
            self.env.cr.execute(query, values, log_exceptions=False)
            return
        with self.env.registry.cursor() as cr:
            cr.execute(f"{NO_WAIT}; {query}", values)

    @api.model
    def _blame_batch(self, run):
        """Count which reminders a worker died with; give up those it dies of.

        :param crm.task.reminder.log run: of the worker
        """
        batches = self.env["crm.task.reminder.batch"]
        for reminder in batches._count_deaths(batches._take(run)):
            error = ReminderError("template_error", self.env._("it takes too long"))
            self._log_failure(reminder, run, error)
