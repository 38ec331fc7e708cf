"""The account at SMSAPI, asked for in every way of the API on a running server:
administrators alone are told, as of what else Odoo keeps for them.
"""

import pytest

from dev.office.json2 import ApiError, Json2Client
from dev.office.odoo_shell import run_inside
from tests.office import Office
from tests.smsapi_calls import FIELD, call, list_faults, list_guesses, list_readings

TOKEN = "Geheim0123456789wiadomoKomu"
NAME = "ZielonyNadawca"
EXPORT = "base.group_allow_export"
#: Who asks, with the groups that it takes; all of them are people of the company.
PEOPLE = {
    "employee": (),
    "project user": ("project.group_project_user",),
    "project manager": ("project.group_project_manager",),
    "sales manager": ("sales_team.group_sale_manager",),
    "manager of access rights": ("base.group_erp_manager",),
    "portal": (),
}
#: Calls that tell administrators, as those for Twilio's account do: Odoo lets them read
#: all companies, not what belongs to these.
TOLD = {
    "administrator": {
        *("read", "read all", "search_read", "web_read", "web_search_read of users"),
        *("export_data", "export_data of users", "onchange", "web_save"),
        *("sender", "names"),
    },
    "administrator of another company": {
        *("read", "read all", "search_read", "onchange", "sender"),
    },
}
#: A key for each of them, and a name that SMSAPI would have told.
SET_UP = """
company = env["res.company"].browse(values["company"])
names = env["sms.smsapi.sender"]
names._replace_smsapi_names(company, [values["name"]])
company.sms_smsapi_sender_id = names.search([("company_id", "=", company.id)])
for user in env["res.users"].browse(values["users"]):
    keys = env["res.users.apikeys"].with_user(user).sudo()
    result[user.id] = keys._generate("rpc", "Tests", None)
"""


@pytest.fixture(scope="module")
def server(make_installation):
    """A server with SMSAPI that logs all that Odoo logs without its statements."""
    return make_installation(("sms_smsapi",), cron_threads=0, log_level="debug")


@pytest.fixture(scope="module")
def office(server):
    """A company that has an account, and people who ask for it."""
    office, other = (
        Office(server.server, server.client, sms_provider="smsapi") for _ in range(2)
    )
    office.client.write("res.company", [office.company], **{FIELD: TOKEN})
    office.users = {}
    for who, groups in PEOPLE.items():
        wanted = (*groups, EXPORT)
        office.users[who] = office.create_user(who.replace(" ", "_"), wanted)
    portal = [[6, 0, [office.ref("base.group_portal")]]]
    office.client.write("res.users", [office.users["portal"]], group_ids=portal)
    for who, company in zip(TOLD, (office, other), strict=True):
        wanted = ("base.group_system", EXPORT)
        office.users[who] = company.create_user(who.replace(" ", "_"), wanted)
    office.switch_on(office.users["sales manager"])
    keys = run_inside(
        server.server.environment,
        server.server.database,
        SET_UP,
        company=office.company,
        name=NAME,
        users=[*office.users.values()],
    )
    office.people = {
        who: Json2Client(server.server.url, keys[str(user)])
        for who, user in office.users.items()
    }
    return office


def ask(client, model, method, ids, arguments):
    """Make a call; return all that is answered, and whether it was refused."""
    try:
        return str(client.call(model, method, ids, **arguments)), False
    except ApiError as error:
        return error.answer, True


@pytest.mark.parametrize("who", [*PEOPLE, *TOLD])
def test_account_is_told_to_administrators_alone(office, who):
    told = set()
    for name, asked in list_readings(office.company, office.users[who]).items():
        answer, _is_refused = ask(office.people[who], *asked)
        if TOKEN in answer or NAME in answer:
            told.add(name)
    assert told == TOLD.get(who, set())


@pytest.mark.parametrize("who", PEOPLE)
def test_nobody_else_can_tell_a_right_guess_from_a_wrong_one(office, who):
    right = list_guesses(office.company, TOKEN)
    wrong = list_guesses(office.company, TOKEN[::-1])
    for name in right:
        answers = [ask(office.people[who], *one[name]) for one in (right, wrong)]
        assert answers[0][1] == answers[1][1], name
        texts = [answer.replace(TOKEN[::-1], TOKEN) for answer, _refused in answers]
        assert texts[0].replace(TOKEN[:6], "") == texts[1].replace(
            TOKEN[::-1][:6], ""
        ), name


@pytest.mark.parametrize("who", [*PEOPLE, *TOLD])
def test_error_of_the_database_shows_nobody_the_account(office, who):
    for name, asked in list_faults(office.company).items():
        answer, is_refused = ask(office.people[who], *asked)
        assert is_refused or "error" in answer, name
        assert TOKEN not in answer, name


def test_administrator_enters_what_can_not_be(office):
    """Neither what was entered nor what is kept comes back in the error."""
    client = office.people["administrator"]
    company = [office.company]
    wrong = f"{TOKEN} and more"
    for values in (
        {FIELD: wrong},
        {FIELD: TOKEN, "name": False},
        {FIELD: TOKEN, "sms_smsapi_parts": 11},
        {FIELD: f"{TOKEN}\0"},
    ):
        answer, is_refused = ask(
            client, "res.company", "write", company, {"vals": values}
        )
        assert is_refused
        assert TOKEN not in answer
    window = call(
        "sms.smsapi.account",
        "web_save",
        [],
        vals={"token": wrong},
        specification={"token": {}, "has_token": {}},
        context={"allowed_company_ids": company},
    )
    answer, is_refused = ask(client, *window)
    assert is_refused
    assert TOKEN not in answer


def test_window_shows_what_was_entered_to_nobody(office):
    client = office.people["administrator"]
    window = call(
        "sms.smsapi.account",
        "web_save",
        [],
        vals={"token": TOKEN},
        specification={"token": {}, "has_token": {}},
        context={"allowed_company_ids": [office.company]},
    )
    answer, is_refused = ask(client, *window)
    assert not is_refused
    assert "'has_token': True" in answer
    assert TOKEN not in answer


def test_log_of_the_server_has_no_token(office, server):
    """After all that: it is the last test of the file."""
    log = server.server.log.read_text(encoding="utf-8")
    assert "res.company" in log
    assert TOKEN not in log
