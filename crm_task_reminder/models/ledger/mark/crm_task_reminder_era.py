from odoo import fields, models
from odoo.tools import SQL

#: Gives the present era's code as ``era (code)``; after a crash, one begins with this.
#: To be executed under ``retry``: others may begin it at the same moment.
WITH_ERA = SQL(
    """
    WITH made AS (
        INSERT INTO crm_task_reminder_era (code)
             SELECT gen_random_uuid()::text
              WHERE NOT EXISTS (SELECT FROM crm_task_reminder_era)
        ON CONFLICT DO NOTHING
          RETURNING code
    ), era AS (
        SELECT code FROM crm_task_reminder_era UNION ALL SELECT code FROM made
    )
    """
)


class CrmTaskReminderEra(models.Model):
    """What PostgreSQL forgets where it may have lost marks, and at no other time.

    The table is *unlogged*: PostgreSQL empties it after a crash, of itself or of one of
    its processes, and keeps it over each restart that was asked for. Marks are written
    without waiting for the disk, so a crash may lose the last of them; those of an era
    that has ended are not believed.
    """

    _name = "crm.task.reminder.era"
    _description = "Time of Task Reminders without a Crash of PostgreSQL"
    _log_access = False

    code = fields.Char(required=True, readonly=True)

    _one = models.UniqueIndex("((TRUE))", "There is one era at a time.")

    def init(self):
        self.env.cr.execute(
            "SELECT relpersistence FROM pg_class "
            "WHERE oid = 'crm_task_reminder_era'::regclass"
        )
        if self.env.cr.fetchone() != ("u",):
            self.env.cr.execute("ALTER TABLE crm_task_reminder_era SET UNLOGGED")
