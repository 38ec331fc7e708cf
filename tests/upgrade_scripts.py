"""Scripts for Odoo's shell: an office at work with a former version, what it keeps."""

# Everything that the addon keeps, and Odoo's own records that it fills. A translated
# text is a column for each language.
SNAPSHOT = """
tables = {"res_company", "project_task", "mail_template", "sms_template", "ir_cron"}
tables.add("ir_config_parameter")
LOG = "crm_task_reminder_log"
tables |= {
    model._table
    for name, model in env.registry.items()
    if name.startswith("crm.task.reminder") and model._auto and not model._transient
}
tables |= {
    field.relation
    for name, field in env["project.task"]._fields.items()
    if name.startswith("reminder") and field.type == "many2many" and field.store
}

def flatten(row):
    for column, value in row.items():
        if isinstance(value, dict):
            yield from ((f"{column} {lang}", text) for lang, text in value.items())
        elif column not in ("write_date", "logo_web"):
            yield column, str(value)

env.flush_all()
result["tables"] = {}
for table in sorted(tables):
    env.cr.execute(f"SELECT * FROM {table} ORDER BY 1, 2")
    rows = env.cr.dictfetchall()
    result["tables"][table] = [dict(flatten(row)) for row in rows]
env.cr.execute("SELECT indexname FROM pg_indexes WHERE tablename = %s", [LOG])
result["indexes"] = [name.removeprefix(LOG) for (name,) in env.cr.fetchall()]
"""

# An office that has been at work for a while, with everything changed that can be. Each
# task is named after what becomes of its reminders, and so is its customer.
USE = """
from datetime import timedelta
from itertools import count
from odoo.fields import Command

now = env.cr.now().replace(microsecond=0)
log = env["crm.task.reminder.log"]
service = env["crm.task.reminder.service"]
cron = env.ref("crm_task_reminder.ir_cron_crm_task_reminder")
poland = env.ref("base.pl")
env["res.lang"]._activate_lang("pl_PL")
set_param = env["ir.config_parameter"].set_param
set_param("sms.endpoint", values["gateway"])
set_param("crm_task_reminder.log_days", "90")
account = env["ir.mail_server"].create({
    "name": "Reminders", "smtp_host": values["host"], "smtp_port": values["port"],
    "smtp_encryption": "none",
})

# the companies: one at work, one with other settings, one that is off
off = env.company
gardens, boilers = env["res.company"].create([
    {"name": name, "country_id": poland.id} for name in ("Gardens", "Boilers")
])
groups = ("project.group_project_manager", "sales_team.group_sale_manager")
olga, boris, piotr = (
    env["res.users"].with_context(no_reset_password=True).create({
        "name": name.title(), "login": name, "password": name,
        "email": f"{name}@office.example", "phone": phone, "lang": "pl_PL",
        "company_id": company.id, "company_ids": [Command.set(company.ids)],
        "group_ids": [Command.link(env.ref(group).id) for group in groups],
    })
    for name, company, phone in (
        ("olga", gardens, False), ("boris", boilers, False),
        ("piotr", gardens, "600 200 300"),
    )
)
common = {"reminder_mail_server_id": account.id}
gardens.write({
    **common, "reminder_enabled": True, "reminder_user_id": olga.id,
    "reminder_send_passed": True, "reminder_customer_default": True,
})
boilers.write({
    **common, "reminder_enabled": True, "reminder_user_id": boris.id,
    "reminder_sms_plain": False, "reminder_operator_default": True,
})
off.reminder_user_id = env.ref("base.user_admin")
(gardens + boilers).reminder_enabled_at = now - timedelta(days=30)

# templates: of one's own, edited in English, edited in Polish, and untouched ones
own_template = env["sms.template"].create({
    "name": "Own", "model_id": env.ref("project.model_project_task").id,
    "body": "Own template: {{ object.name }}",
})
sms_template = env.ref("crm_task_reminder.sms_template_customer")
sms_template.body = "Own words: {{ object.name }}"
mail_template = env.ref("crm_task_reminder.mail_template_customer")
mail_template.with_context(lang="pl_PL").subject = "Temat: {{ object.name }}"
mail_template.body_html = mail_template.body_html.replace("Kind", "Kindest")

# what new tasks start with
gardens.reminder_default_operator_ids.unlink()
gardens.reminder_default_customer_ids.write({"duration": 3, "duration_unit": "weeks"})
gardens.reminder_default_customer_ids.copy({
    "channel": "email", "mail_template_id": False, "sequence": 5,
})
cron.interval_number = 5

# the tasks
projects = {
    company: env["project.project"].create({"name": "P", "company_id": company.id})
    for company in (gardens, boilers, off)
}
employee = env["hr.employee"].create({
    "name": "Ewa", "company_id": gardens.id, "work_email": "ewa@office.example",
})

def line(audience, channel, duration=2, unit="hours", **changes):
    return Command.create({
        "audience": audience, "channel": channel,
        "duration": duration, "duration_unit": unit,
        "sms_template_id": env.ref(f"crm_task_reminder.sms_template_{audience}").id,
        "mail_template_id": env.ref(f"crm_task_reminder.mail_template_{audience}").id,
        **changes,
    })

numbers = count(600100200)

def create_task(name, *lines, company=gardens, starts_in=1, **changes):
    customer = {
        "name": name, "lang": "pl_PL", "country_id": poland.id,
        "email": f"{name}@customer.example", "phone": str(next(numbers)),
    }
    reminders = {
        f"reminder_{audience}_ids": [
            command for command in lines if command[2]["audience"] == audience
        ]
        for audience in ("customer", "operator")
    }
    return env["project.task"].with_company(company).create({
        "name": name, "project_id": projects[company].id,
        "partner_id": env["res.partner"].create(customer).id,
        "planned_date_begin": starts_in and now + timedelta(hours=starts_in),
        **(reminders if lines else {}), **changes,
    })

sms, mail = line("customer", "sms"), line("customer", "email")
sent = create_task(
    "sent", sms, mail, line("operator", "sms"), line("operator", "email"),
    line("customer", "sms", 10, "minutes", sms_template_id=own_template.id),
    user_ids=[Command.set(piotr.ids)],
    reminder_employee_ids=[Command.set(employee.ids)],
    reminder_phone="600 300 400",
)
moved, closed, deleted, delivered = (
    create_task(name, sms) for name in ("moved", "closed", "deleted", "delivered")
)
refused = create_task("refused", sms, mail)
unreachable = create_task("unreachable", sms, mail)
refused.partner_id.phone = values["refused"]
unreachable.partner_id.write({"phone": False, "email": False})
create_task("missed", sms, starts_in=-1)
create_task("passed", mail, company=boilers)
create_task("off", sms, company=off)
preset = create_task("preset", starts_in=24 * 60)
assert len(preset.reminder_customer_ids) == 2
create_task("waiting", sms, starts_in=False)
create_task("later", mail, line("operator", "sms", 1, "weeks"), starts_in=24 * 30)
closed.state = "1_done"
env.cr.commit()  # the job has a connection of its own
cron.method_direct_trigger()
env.cr.commit()
moved.planned_date_begin += timedelta(days=7)
deleted.unlink()
notification = log.search([("task_id", "=", delivered.id)]).notification_id
notification.notification_status = "sent"

# what was left undone when the server was stopped
def queue(name, state):
    create_task(name, sms, mail)
    run = log.create({"operation": "service", "company_id": gardens.id, "state": state})
    service._queue_due(gardens, run)
    return log.search([("run_id", "=", run.id)])

queue("queued", "finished")
queue("interrupted", "running").state = "sending"
"""

# The last that happens before the upgrade.
FALL_DUE = """
create_task(
    "due", sms, mail, line("operator", "email"), user_ids=[Command.set(piotr.ids)]
)
"""
