"""What makes a database with the demo data one to show: everybody reads their own
language, the first page has something on it, and only reminders are sent.
"""

# Country -> language of the people there: what they get is written in it.
LANGUAGES = {"PL": "pl_PL", "DE": "de_DE", "US": "en_US"}
# Country -> what companies there might sell next, so that CRM has something on it.
CHANCES = {
    "PL": ("Ogród przy domu, Wilanów", "Trawnik dla przedszkola", "Zielony dach"),
    "DE": ("Wärmepumpe, Familie Vogel", "Neue Heizung im Büro", "Solarthermie"),
}

# Runs after `dev.office.wiring.SCRIPT`, which has found the companies.
SCRIPT = """
languages = values["languages"]
# Nobody is told by e-mail of what is assigned here.
leads = env["crm.lead"].with_context(mail_auto_subscribe_no_notify=True)
admin = env["res.users"].search([("login", "=", values["login"])])
for country, language in languages.items():
    customers = [("country_id.code", "=", country), ("user_ids", "=", False)]
    env["res.partner"].search(customers).lang = language
for company in companies:
    language = languages.get(company.country_id.code, "en_US")
    here = [("company_id", "=", company.id)]
    users = env["res.users"].search(here)
    employees = env["hr.employee"].search(here)
    (company.partner_id + users.partner_id + employees.work_contact_id).lang = language
    sellers = [company.reminder_user_id, admin]  # each sees the own ones at first
    chances = values["chances"].get(company.country_id.code, [])
    for number, name in enumerate(chances):
        chance = {"name": name, "type": "opportunity", "company_id": company.id}
        leads.create({**chance, "user_id": sellers[number % 2].id})
    # What they see when they have signed in.
    users.action_id = env.ref("project.action_view_all_task").id
admin.action_id = env.ref("project.action_view_all_task").id
admin.company_id = companies[:1] or admin.company_id
# The tasks of Odoo's own demo data, among which those of the companies get lost.
others = [("company_id", "not in", companies.ids)]
env["project.project"].search(others).active = False
env["project.task"].search(others).active = False
# Odoo's demo data have each new task acknowledged by an e-mail to the customer, which
# would be taken for a reminder.
env["project.task.type"].search([]).mail_template_id = False
"""

# The Polish company sends its SMS through SMSAPI, with its own name as the sender.
SMSAPI_SCRIPT = """
smsapi = values["smsapi"]
env["ir.config_parameter"].set_param("sms_smsapi.endpoint", smsapi["endpoint"])
for company in companies.filtered(lambda company: company.country_id.code == "PL"):
    names = env["sms.smsapi.sender"]
    name = names.create({"company_id": company.id, "name": smsapi["name"]})
    company.write(
        {
            "sms_provider": "smsapi",
            "sms_smsapi_token": smsapi["token"],
            "sms_smsapi_sender_id": name.id,
        }
    )
"""

# Its customers answer by SMS, to another number: nobody can write to a name.
ANSWERS_SCRIPT = """
for company in companies.filtered(lambda company: company.sms_provider == "smsapi"):
    company.write(
        {
            "reminder_sms_answers": True,
            "reminder_sms_answer_number": values["answer_number"],
        }
    )
"""

GUIDE = """
  What to try first:

  1. Wait a minute: what is due arrives below, to customers, the assignee and an
     employee, each in the own language.
  2. Sign in. The tasks open: “{task}” has reminders in two days. Its tab
     “Automatic reminders” says who will get them; the eye shows what they will read.
  3. Press the paper plane of a line to send it now, and watch it arrive here.
  4. Open the link in an SMS or e-mail to a customer: that is the page on which
     customers answer. The answer is on the task at once. Customers of Zielony Dom
     also answer by SMS: you see a TAK and a NIE arrive below.
  5. Make a task of your own: choose its project, then a customer and a start. The tab
     is filled in by itself.
  6. Project / Configuration / Automatic Reminders is the company's window,
     Project / Reporting / Reminder Log says what became of every message.
"""
