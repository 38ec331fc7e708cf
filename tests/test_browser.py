"""A clerk's way through the web client, from the settings to the log."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.office import MANAGER, Office


@pytest.fixture
def office(odoo_server, client):
    """A company in Warsaw, with a manager, a project and a customer."""
    office = Office(odoo_server, client)
    office.create_user("bea", (*MANAGER, "base.group_system"), tz="Europe/Warsaw")
    office.create_project("Gardens")
    client.create(
        "res.partner",
        name="Anna Nowak",
        phone="600 100 200",
        country_id=office.ref("base.pl"),
        company_id=office.company,
    )
    return office


def test_r08_from_the_settings_to_the_log(office, open_page, sms_gateway):
    web = open_page("bea")
    web.open("/odoo/settings#crm")
    web.check("reminder_enabled")
    expect(web.field("reminder_user_id").locator("input")).to_have_value("Bea")
    web.choose("reminder_mail_server_id", "mailbox")
    web.check("reminder_customer_default")
    web.save_settings()

    web.open_action("project.action_view_my_task", "new")
    web.fill("name", "Hedge")
    web.choose("project_id", "Gardens")
    web.choose("partner_id", "Anna Nowak")
    start = datetime.now(ZoneInfo("Europe/Warsaw")) + timedelta(days=3)
    web.fill("planned_date_begin", start.strftime("%m/%d/%Y %H:%M:%S"))
    web.open_tab("reminders_page")
    expect(web.rows("reminder_customer_ids")).to_have_count(1)
    expect(web.rows("reminder_operator_ids")).to_have_count(0)
    expect(web.rows("reminder_customer_ids")).to_contain_text("SMS")
    web.save()
    expect(web.rows("reminder_customer_ids")).to_contain_text("Scheduled")

    [task] = office.client.read("project.task", [("name", "=", "Hedge")], ["id"])
    office.pass_time([task["id"]], days=2, hours=23, minutes=30)
    [sms] = sms_gateway.wait_for("+48600100200")
    assert "Hedge" in sms.body
    office.wait_for_log(task["id"])

    web.open_menu("CRM", "Reporting", "Reminder Log")
    row = web.page.locator(".o_data_row", has_text="Hedge")
    expect(row).to_have_count(1)
    expect(row).to_contain_text(re.compile("Anna Nowak.*Sent", re.S))
