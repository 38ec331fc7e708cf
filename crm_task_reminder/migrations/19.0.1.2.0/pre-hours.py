"""What reminders that are there need for hours: nothing, as no company has any yet."""


def migrate(cr, version):
    """Add the column, so that Odoo does not count all reminders there are anew."""
    cr.execute(
        "ALTER TABLE crm_task_reminder ADD COLUMN IF NOT EXISTS early_at timestamp"
    )
