"""What the first version kept in another form. Running it again changes nothing."""

from odoo import SUPERUSER_ID, api
from odoo.addons.crm_task_reminder.tools.errors import UnconfirmedError
from odoo.tools import SQL
from odoo.tools.sql import drop_index

#: What is read of a template, by its table.
TEXTS = {"mail_template": ("subject", "body_html"), "sms_template": ("body",)}


def migrate(cr, version):
    """Bring the data of the first version into the form of this one."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    _authorise_senders(env)
    _keep_waiting_mails(env)
    _end_forgotten_messages(env)
    _keep_edited_templates(env)
    # ``_service_idx`` takes its place, which costs less with each message
    drop_index(cr, "crm_task_reminder_log__operation_index", "crm_task_reminder_log")


def _authorise_senders(env):
    """Let the senders that administrators have chosen go on as senders.

    The first version asked for no password; without a seal all companies would stop
    sending. From now on a change of the sender's password ends the authorisation.
    """
    companies = env["res.company"].with_context(active_test=False)
    domain = [("reminder_user_id", "!=", False), ("reminder_seal", "=", False)]
    companies.search(domain)._seal_reminder_sender()


def _keep_waiting_mails(env):
    """Leave it to the service to delete mails, which it looks at after sending them.

    Those of the first version delete themselves: what was sent would be shown as
    unconfirmed, and what was to be sent with it would not leave.
    """
    domain = [("is_task_reminder", "=", True), ("auto_delete", "=", True)]
    env["mail.mail"].search(domain).auto_delete = False


def _end_forgotten_messages(env):
    """Show what a run that failed had in hand as unconfirmed.

    In the first version it stayed in that state for ever.
    """
    at_work = [("state", "=", "running")]
    domain = [("state", "=", "sending"), ("run_id", "not any", at_work)]
    rows = env["crm.task.reminder.log"].search(domain)
    error = UnconfirmedError("interrupted")
    env["crm.task.reminder.hand.over"]._close(rows, "unconfirmed", error)


def _keep_edited_templates(env):
    """Keep the texts of templates that somebody has edited, in all languages.

    The first version had no translations: who had none of their own, read the English
    text. In its place Odoo would now enter the addon's translation, not of that text.
    """
    for table, names in TEXTS.items():
        for name in names:
            _fill_languages(env, table, name)


def _fill_languages(env, table, name):
    """Give each language without a text of its own the one that it has shown so far.

    Not by the ORM, which tries templates out: a mistake in one is not to stop this.
    """
    env.cr.execute(
        SQL(
            """
            UPDATE %(table)s
               SET %(text)s = (
                   SELECT jsonb_object_agg(code, %(text)s->'en_US')
                     FROM res_lang
                    WHERE active
                   ) || %(text)s
              FROM ir_model_data AS origin
             WHERE origin.module = 'crm_task_reminder'
               AND origin.model = %(model)s
               AND origin.res_id = %(table)s.id
               AND %(table)s.write_date > %(table)s.create_date
            """,
            table=SQL.identifier(table),
            text=SQL.identifier(name),
            model=table.replace("_", "."),
        )
    )
