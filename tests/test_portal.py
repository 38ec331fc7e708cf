"""What customers on the portal, and the public, see of reminders: nothing."""

import urllib.error
import urllib.request

import pytest

from dev.office.json2 import ApiError, Json2Client
from tests.office import LOG, REMINDER, Office, in_future

MODELS = [REMINDER, LOG, "crm.task.reminder.default"]
SHARED_VIEWS = {
    "form": "project.project_sharing_project_task_view_form",
    "list": "project.project_sharing_project_task_view_tree",
    "kanban": "project.project_sharing_project_task_view_kanban",
    "search": "project.project_sharing_project_task_view_search",
}


@pytest.fixture(scope="module")
def office(installation):
    """A company that shares a project with a customer, who may edit its tasks."""
    office = Office(installation.server, installation.client)
    office.switch_on(
        office.create_user("warden"),
        reminder_customer_default=True,
    )
    customer = office.create_customer("Paul Portal")
    office.client.create(
        "res.users",
        login="paul",
        password="paul",
        partner_id=customer,
        company_id=office.company,
        company_ids=[[6, 0, [office.company]]],
        group_ids=[[6, 0, [office.ref("base.group_portal")]]],
    )
    office.project = office.create_project(
        privacy_visibility="portal",
        partner_id=customer,
        collaborator_ids=[[0, 0, {"partner_id": customer}]],
        message_partner_ids=[[4, customer]],
    )
    office.task = office.client.create(
        "project.task",
        name="Hedge",
        project_id=office.project,
        partner_id=customer,
        planned_date_begin=in_future(days=2),
    )
    return office


@pytest.fixture
def paul(office, log_in_api):
    """The customer, through the API."""
    return log_in_api("paul")


def reminder_fields(client) -> list[str]:
    """Return the names of the fields that the addon adds to tasks."""
    known = client.call("project.task", "fields_get", attributes=["type"])
    return sorted(name for name in known if name.startswith("reminder_"))


def test_portal_user_sees_the_task_and_its_reminders_not(office, paul):
    [task] = paul.read("project.task", [], ["name"])
    assert task["name"] == "Hedge"
    assert office.client.count(REMINDER, [("task_id", "=", office.task)])
    for model in MODELS:
        with pytest.raises(ApiError, match="not allowed to access"):
            paul.read(model, [], ["id"])


def test_portal_user_reads_no_field_of_reminders(office, paul):
    names = reminder_fields(office.client)
    assert names
    for name in [*names, "planned_date_begin"]:
        with pytest.raises(ApiError) as refusal:
            paul.read("project.task", [], [name])
        assert refusal.value.status == 403, name


def test_portal_user_writes_no_field_of_reminders(office, paul):
    for name in [*reminder_fields(office.client), "planned_date_begin"]:
        with pytest.raises(ApiError) as refusal:
            paul.write("project.task", [office.task], **{name: False})
        assert refusal.value.status == 403, name


def test_a04_error_of_the_database_shows_no_field_of_reminders(office, paul):
    """What PostgreSQL refuses it shows whole, the columns that are hidden among it."""
    number = "600 777 888"
    office.client.write("project.task", [office.task], reminder_phone=number)
    for name in ("name", "state"):
        with pytest.raises(ApiError, match="Missing required value") as refusal:
            paul.write("project.task", [office.task], **{name: False})
        assert number not in refusal.value.answer
    office.client.write("project.task", [office.task], reminder_phone=False)


def test_portal_user_creates_a_task_which_has_its_reminders(office, paul):
    shared = {"default_project_id": office.project}
    lawn = {"name": "Lawn"}
    [task] = paul.call("project.task", "create", vals_list=[lawn], context=shared)
    [line] = office.client.read(REMINDER, [("task_id", "=", task)], ["channel"])
    assert line["channel"] == "sms"
    office.client.call("project.task", "unlink", [task])


def test_shared_project_shows_nothing_of_reminders(office, paul):
    views = [[office.ref(view), kind] for kind, view in SHARED_VIEWS.items()]
    answer = paul.call("project.task", "get_views", views=views)
    assert "Hedge" not in str(answer)
    assert "reminder" not in str(answer).lower()
    assert "planned_date_begin" not in str(answer)


@pytest.mark.parametrize("model", [*MODELS, "project.task"])
def test_public_is_asked_for_a_key(odoo_server, model):
    nobody = Json2Client(odoo_server.url, "no-such-key")
    with pytest.raises(ApiError) as refusal:
        nobody.read(model, [], ["id"])
    assert refusal.value.status == 401


def test_public_gets_no_task_page(odoo_server, office):
    """The customer's page of a task needs a login."""
    address = f"{odoo_server.url}/my/tasks/{office.task}"
    with urllib.request.urlopen(address, timeout=60) as page:
        assert "/web/login" in page.url or page.url.endswith("/my")
        assert "Hedge" not in page.read().decode()
