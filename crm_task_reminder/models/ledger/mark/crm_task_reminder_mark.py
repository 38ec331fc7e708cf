from odoo import api, fields, models
from odoo.tools import SQL

from ....tools.marks import SYNC_EVERY, Fact
from ....tools.transaction import execute
from .crm_task_reminder_era import WITH_ERA


class CrmTaskReminderMark(models.Model):
    """A message in hand: whether it has begun to leave, and what the answer was.

    Made with the claim, written while the message leaves by a connection of its own,
    see ``tools/marks.py``, and deleted when its row in the ledger has the result.
    """

    _name = "crm.task.reminder.mark"
    _description = "Mark of a Task Reminder in Hand"
    _log_access = False

    log_id = fields.Many2one(
        "crm.task.reminder.log", required=True, readonly=True, ondelete="cascade"
    )
    position = fields.Integer(readonly=True, help="In the order in which they leave.")
    has_begun = fields.Boolean(readonly=True)
    outcome = fields.Text(readonly=True)
    era = fields.Char(
        readonly=True, help="It was made in. It ends with a crash of PostgreSQL."
    )

    _log_unique = models.UniqueIndex("(log_id)")

    def init(self):
        # Room on each page for the new versions of its rows: no index is written then.
        self.env.cr.execute("ALTER TABLE crm_task_reminder_mark SET (fillfactor = 30)")

    @api.model
    def _plan(self, rows):
        """Note which messages are in hand; none of them has begun to leave.

        :param crm.task.reminder.log rows: in the order in which they leave
        """
        if not rows:
            return
        query = SQL(
            """
            %s
            INSERT INTO crm_task_reminder_mark
                        (log_id, position, has_begun, era)
                 SELECT id, position, FALSE, code
                   FROM unnest(%s::int[]) WITH ORDINALITY AS plan(id, position), era
            ON CONFLICT (log_id) DO UPDATE
                    SET position = EXCLUDED.position,
                        has_begun = FALSE,
                        outcome = NULL,
                        era = EXCLUDED.era
            """,
            WITH_ERA,
            rows.ids,
        )
        self.env.cr.execute(query)

    @api.model
    def _take(self, rows):
        """Return what is known of messages in hand, and let nobody begin any more.

        To be called under ``retry``: their worker may live and write at this moment.

        :param crm.task.reminder.log rows:
        :return dict[int, Fact]: id of a row → what is known; nothing of a row that was
            in hand before there were marks
        """
        query = SQL(
            """
            DELETE FROM crm_task_reminder_mark
                  WHERE log_id = ANY(%s)
              RETURNING log_id, position, has_begun, outcome,
                        era IS DISTINCT FROM (SELECT code FROM crm_task_reminder_era)
            """,
            rows.ids,
        )
        marks = execute(self.env, query)
        last = self._find_last_begun(rows.grouped("run_id"), marks)
        reach = self._get_reach() if any(mark[-1] for mark in marks) else 0
        facts = {}
        for row_id, position, has_begun, outcome, is_from_before in marks:
            fact = facts[row_id] = Fact.load(has_begun, outcome)
            if is_from_before and position <= last[row_id] + reach:
                fact.has_begun = True  # its mark may have been lost in the crash
        return facts

    @api.model
    def _get_reach(self):
        """Return how many messages may have begun where PostgreSQL has crashed.

        They come after the last one that is known to have. A channel that sends several
        side by side adds to them.
        """
        return SYNC_EVERY

    @api.model
    def _find_last_begun(self, rows_by_run, marks):
        """Return id of a row → how far its worker has come for certain: a position."""
        positions = {row_id: position for row_id, position, *_rest in marks}
        begun = {row_id for row_id, _position, has_begun, *_rest in marks if has_begun}
        last = {}
        for rows in rows_by_run.values():
            reached = [positions[one] for one in rows.ids if one in begun]
            last |= dict.fromkeys(rows.ids, max(reached, default=0))
        return last

    @api.autovacuum
    def _gc_marks(self):
        """Delete what a crash has left of messages that are not in hand any more."""
        self.search([("log_id.state", "!=", "sending")]).unlink()
