"""The reminder settings from outside: the password, the service's state, the rights.

A server of its own, without cron threads: tried passwords slow its sign-in down, and
its service stands still.
"""

import uuid

import pytest
from playwright.sync_api import expect
from psycopg2 import sql

from dev.office import wiring
from dev.office.json2 import ApiError, Json2Client
from tests.office import MANAGER, SERVICE, Office

SETTINGS = "crm.task.reminder.settings"
CRM_MANAGER = ("sales_team.group_sale_manager",)


@pytest.fixture(scope="module")
def server(make_installation):
    """An installation whose scheduled actions nobody runs and whose log tells all."""
    return make_installation(cron_threads=0, log_level="debug")


@pytest.fixture
def office(server):
    """A company with a CRM manager and a sender, whose automat is off."""
    office = Office(server.server, server.client)
    mark = office.name.rpartition(" ")[2]
    office.manager = f"manager{mark}"
    office.sender = f"operator{mark}"
    office.password = f"secret-{uuid.uuid4()}"
    office.create_user(office.manager, CRM_MANAGER)
    office.sender_id = create_sender(office, office.sender, office.password)
    return office


def create_sender(office: Office, login: str, password: str) -> int:
    """Create a user with a password that is found nowhere else; return the id."""
    user = office.create_user(login, MANAGER)
    office.client.write("res.users", [user], password=password)
    return user


def log_in(office: Office, login: str) -> Json2Client:
    """Return a client of the external API for the user."""
    return Json2Client(office.server.url, wiring.make_key(office.server, login))


def save(client: Json2Client, **settings) -> int:
    """Save settings in the window, as a program would; return the window's id."""
    return client.create(SETTINGS, **settings)


def read(client: Json2Client, *names: str) -> dict:
    """Return what the window shows."""
    return client.call(SETTINGS, "read", [save(client)], fields=list(names))[0]


def search_everywhere(server, word: str) -> list[str]:
    """Return the tables of the database that hold the word in any column."""
    postgres, name = server.environment.postgres, server.database
    tables = postgres.query(
        "SELECT table_name FROM information_schema.tables "
        "WHERE table_schema = 'public' AND table_type = 'BASE TABLE'",
        database=name,
    )
    assert len(tables) > 100
    query = "SELECT count(*) FROM {} AS record WHERE record::text LIKE ANY(%s)"
    # a column of bytes is shown in hexadecimal
    patterns = [f"%{word}%", f"%{word.encode().hex()}%"]
    found = []
    for (table,) in tables:
        statement = sql.SQL(query).format(sql.Identifier(table))
        [[count]] = postgres.query(statement, [patterns], database=name)
        if count:
            found.append(table)
    return found


def test_r06_password_is_nowhere_in_the_database_nor_in_the_log(
    server, office, browser
):
    client = log_in(office, office.manager)
    wrong = f"wrong-{uuid.uuid4()}"
    sender = {"reminder_user_id": office.sender_id}
    with pytest.raises(ApiError, match="password of Operator"):
        save(client, **sender, reminder_password=wrong)
    window = save(client, **sender, reminder_password=office.password)
    assert "secret-" not in str(client.call(SETTINGS, "read", [window]))

    own = f"own-{uuid.uuid4()}"
    [admin] = server.client.read("res.users", [("login", "=", "admin")], ["id"])
    create_sender(office, "second", own)
    server.client.write("res.users", [admin["id"]], company_id=office.company)
    web = browser.log_in(server.server.url, "admin", "admin")
    web.open("/odoo/settings#crm")
    web.check("reminder_enabled")
    web.choose("reminder_user_id", "Second")
    web.fill("reminder_password", own)
    box = web.field("reminder_password").locator("input")
    assert box.get_attribute("type") == "password"
    web.check("reminder_customer_default")  # goes to the server, password included
    web.fill("reminder_hourly_limit", "100")
    web.save_settings()
    expect(web.page.locator("[name=reminder_trouble]:visible")).to_have_count(0)
    web.close()
    assert web.errors == []
    this = [("id", "=", office.company)]
    [company] = server.client.read("res.company", this, ["reminder_user_id"])
    assert company["reminder_user_id"][1] == "Second"

    log = server.server.log.read_text(encoding="utf-8")
    assert "POST /json/2/" in log
    assert "call res.users" in log, "it does have the arguments of calls"
    for password in (wrong, office.password, own):
        assert search_everywhere(server.server, password) == []
        assert password not in log
    assert search_everywhere(server.server, office.name), "it does find what is there"


def test_r06_guessing_is_slowed_down(server, office):
    client = log_in(office, office.manager)
    sender = {"reminder_user_id": office.sender_id}
    set_cooldown(server, 3)
    try:
        for number in range(3):
            with pytest.raises(ApiError, match="is not right"):
                save(client, **sender, reminder_password=f"guess {number}")
        with pytest.raises(ApiError, match="too many tries"):
            save(client, **sender, reminder_password=office.password)
    finally:
        set_cooldown(server, 0)
    save(client, **sender, reminder_password=office.password)


def set_cooldown(server, failures: int) -> None:
    """Let Odoo refuse sign-ins for a while after so many failures; 0 for never."""
    key = "base.login_cooldown_after"
    server.client.call("ir.config_parameter", "set_param", key=key, value=str(failures))


def test_r18_state_is_true(server, office):
    names = ["reminder_service_state", "reminder_last_run"]
    client = log_in(office, office.manager)
    postgres, database = server.server.environment.postgres, server.server.database
    postgres.query(
        "UPDATE ir_cron SET write_date = now() AT TIME ZONE 'UTC', lastcall = NULL",
        database=database,
    )
    assert read(client, *names)["reminder_service_state"] == "running", "just installed"
    postgres.query(
        "UPDATE ir_cron SET write_date = write_date - interval '1 hour', "
        "lastcall = NULL, nextcall = nextcall - interval '1 hour'",
        database=database,
    )
    # No cron thread runs it although it is due.
    shown = read(client, *names)
    assert (shown["reminder_service_state"], shown["reminder_last_run"]) == (
        "stalled",
        False,
    )
    cron = office.ref(".".join(SERVICE))
    server.client.call("ir.cron", "method_direct_trigger", [cron])
    assert read(client, *names)["reminder_service_state"] == "running"
    assert read(client, *names)["reminder_last_run"]
    server.client.write("ir.cron", [cron], active=False)
    assert read(client, *names)["reminder_service_state"] == "off"
    server.client.write("ir.cron", [cron], active=True)
    assert read(client, *names)["reminder_service_state"] == "running"


def test_r03_sms_credit_is_asked_for(server, office):
    client, gateway = log_in(office, office.manager), server.sms_gateway
    cases = [(1500, True, "Credit left: 1,500"), (0, False, "no SMS credit left")]
    for credit, is_ready, words in cases:
        gateway.credit = credit
        answer = client.call(SETTINGS, "get_sms_status")
        assert (answer["is_ready"], words in answer["status"]) == (is_ready, True)
    gateway.stop()
    try:
        answer = client.call(SETTINGS, "get_sms_status")
    finally:
        gateway.start()
    assert answer["is_ready"] and "could not be reached" in answer["status"]


def test_r03_asking_makes_no_account_and_tells_no_token(server, office):
    client, gateway = log_in(office, office.manager), server.sms_gateway
    sms = [("service_name", "=", "sms")]
    before = server.client.read("iap.account", sms, ["account_token"])
    account = server.client.create(
        "iap.account",
        service_id=office.ref("sms.iap_service_sms"),
        company_ids=[[6, 0, [office.company]]],
    )
    [row] = server.client.read("iap.account", [("id", "=", account)], ["account_token"])
    gateway.credits[row["account_token"]] = 77
    answer = client.call(SETTINGS, "get_sms_status")
    assert answer["status"].endswith("Credit left: 77."), "the company's own account"
    for secret in (row, *before):
        assert secret["account_token"] not in str(answer)

    everyones = [row["id"] for row in before]
    server.client.call("iap.account", "unlink", [account, *everyones])
    answer = client.call(SETTINGS, "get_sms_status")
    assert not answer["is_ready"]
    assert "no SMS account is registered" in answer["status"]
    assert server.client.count("iap.account", sms) == 0


def test_who_may_configure_over_the_api(server, office):
    other = Office(server.server, server.client)
    manager = log_in(office, office.manager)
    save(manager, reminder_send_passed=True, reminder_hourly_limit=20)
    shown = read(manager, "reminder_send_passed", "reminder_hourly_limit")
    assert (shown["reminder_send_passed"], shown["reminder_hourly_limit"]) == (True, 20)
    refused = [
        (SETTINGS, {"reminder_worker_count": 2}),
        (SETTINGS, {"reminder_log_days": 0}),
        (SETTINGS, {"company_id": other.company, "reminder_enabled": True}),
        ("res.config.settings", {"reminder_enabled": True}),
        (
            "crm.task.reminder.default",
            {"company_id": other.company, "audience": "customer"},
        ),
    ]
    for model, values in refused:
        assert _is_refused(manager, model, "create", vals_list=[values]), values
    company = {"ids": [office.company], "vals": {"reminder_enabled": True}}
    assert _is_refused(manager, "res.company", "write", **company)
    elsewhere = {"allowed_company_ids": [other.company]}
    assert _is_refused(manager, SETTINGS, "create", vals_list=[{}], context=elsewhere)
    assert _is_refused(manager, SETTINGS, "get_sms_status", context=elsewhere)
    spec = {"reminder_user_id": {}, "reminder_service_state": {}}
    peek = {
        "values": {"company_id": other.company},
        "field_names": [],
        "fields_spec": spec,
    }
    assert _is_refused(manager, SETTINGS, "onchange", ids=[], **peek)


@pytest.mark.parametrize(
    "groups",
    [("project.group_project_manager",), ("sales_team.group_sale_salesman",), ()],
    ids=["project manager", "salesman", "user"],
)
def test_others_may_not_configure_over_the_api(office, groups):
    login = f"nobody{uuid.uuid4().hex[:8]}"
    office.create_user(login, groups)
    nobody = log_in(office, login)
    assert _is_refused(nobody, SETTINGS, "create", vals_list=[{}])
    assert _is_refused(nobody, SETTINGS, "get_sms_status")
    lines = (nobody, "crm.task.reminder.default")
    if "project.group_project_manager" in groups:
        # who has those of the own projects
        assert nobody.call(lines[1], "search_read", domain=[]) == []
    else:
        assert _is_refused(*lines, "search_read", domain=[])
    assert _is_refused(*lines, "create", vals_list=[{"audience": "customer"}])
    company = {"ids": [office.company], "vals": {"reminder_enabled": True}}
    assert _is_refused(nobody, "res.company", "write", **company)


def test_who_reads_the_log_over_the_api(server, office):
    """Managers that of their companies; users what is about their tasks alone."""
    other = Office(server.server, server.client)
    log = "crm.task.reminder.log"
    postgres, database = server.server.environment.postgres, server.server.database
    for company in (office.company, other.company):
        postgres.query(
            "INSERT INTO crm_task_reminder_log (operation, company_id, state) "
            "VALUES ('service', %s, 'finished')",
            [company],
            database=database,
        )
    rows = log_in(office, office.manager).read(log, [], ["company_id"])
    assert [row["company_id"][0] for row in rows] == [office.company]
    login = f"user{uuid.uuid4().hex[:8]}"
    office.create_user(login, ("project.group_project_user",))
    assert log_in(office, login).read(log, [], ["id"]) == []
    manager = log_in(office, office.manager)
    for method, values in (
        ("write", {"ids": [rows[0]["id"]], "vals": {"state": "sent"}}),
        ("unlink", {"ids": [rows[0]["id"]]}),
    ):
        assert _is_refused(manager, log, method, **values), method


def _is_refused(client: Json2Client, model: str, method: str, **arguments) -> bool:
    """Tell whether Odoo refuses the call for want of rights."""
    try:
        client.call(model, method, **arguments)
    except ApiError as error:
        assert error.name == "odoo.exceptions.AccessError", error
        return True
    return False
