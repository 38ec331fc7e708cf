"""What makes the demo one to show to a customer."""

import pytest

from dev import demo
from dev.office import showroom
from dev.office.odoo_shell import run_inside

# A small company like those of the demo data, in a database without these.
OFFICE = """
env["res.lang"]._activate_lang("pl_PL")
companies = env["res.company"].create(
    {"name": "Zielony Dom", "country_id": env.ref("base.pl").id}
)
user = env["res.users"].create(
    {
        "name": "Olga",
        "login": "olga",
        "company_id": companies.id,
        "company_ids": companies.ids,
    }
)
employee = env["hr.employee"].create({"name": "Piotr", "company_id": companies.id})
customer = env["res.partner"].create(
    {"name": "Anna", "country_id": env.ref("base.pl").id, "lang": "en_US"}
)
env.ref("base.user_admin").company_ids += companies
companies.reminder_user_id = user
mails = env["mail.mail"].search_count([])
other = env["project.task"].create({"name": "Room 2: Decoration"})
stage = env["project.task.type"].create(
    {
        "name": "New",
        "mail_template_id": env.ref("project.mail_template_data_project_task").id,
    }
)
"""
ANSWER = """
people = {"operator": user.partner_id, "employee": employee.work_contact_id}
people |= {"customer": customer, "company": companies.partner_id}
result["languages"] = {name: partner.lang for name, partner in people.items()}
tasks = env.ref("project.action_view_all_task")
result["first_page"] = user.action_id.id == tasks.id
result["acknowledged"] = bool(stage.mail_template_id)
result["other"] = other.active
result["mails"] = env["mail.mail"].search_count([]) - mails
result["company"] = admin.company_id.name
pipeline = env["crm.lead"].search([("company_id", "=", companies.id)])
result["pipeline"] = len(pipeline)
result["sellers"] = len(pipeline.user_id)
"""


@pytest.fixture(scope="module")
def shown(make_installation):
    """What the demo makes of such a company."""
    server = make_installation().server
    return run_inside(
        server.environment,
        server.database,
        OFFICE + showroom.SCRIPT + ANSWER,
        login="admin",
        languages=showroom.LANGUAGES,
        chances=showroom.CHANCES,
    )


def test_e06_everybody_reads_the_own_language(shown):
    assert shown["languages"] == dict.fromkeys(
        ("operator", "employee", "customer", "company"), "pl_PL"
    )


def test_e06_first_page_has_the_tasks(shown):
    assert shown["first_page"]
    assert not shown["other"], "a task of Odoo's demo data"
    assert shown["company"] == "Zielony Dom"


def test_e06_pipeline_is_not_empty(shown):
    assert shown["pipeline"] == len(showroom.CHANCES["PL"])
    assert shown["sellers"] == 2, "the sender and the administrator"


def test_e06_accounts_have_real_names():
    assert all("@" in name for name in demo.ACCOUNTS)
    assert len(set(demo.ACCOUNTS)) == len(demo.ACCOUNTS)


def test_e22_new_tasks_are_not_acknowledged(shown):
    assert not shown["acknowledged"]


def test_e22_nobody_gets_mails_of_the_set_up(shown):
    assert shown["mails"] == 0


def test_e22_demo_says_first_what_to_try(capsys):
    class Server:
        url = "http://127.0.0.1:1"

    demo._introduce(Server, [], (Server, Server))
    told = capsys.readouterr().out
    assert f"“{demo.TASK}”" in told
    for words in ("What to try first", "Send", "paper plane", "Reminder Log"):
        assert words.lower() in told.lower()
