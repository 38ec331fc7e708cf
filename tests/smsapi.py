"""A company that sends its SMS through SMSAPI, and its window."""

import secrets

from playwright.sync_api import expect

from tests.office import MANAGER, Office

WINDOW = ("CRM", "Configuration", "Automatic Reminders")


def make_company(server, gateway, name="", **account):
    """Make a company that sends its SMS by an account of its own at the gateway."""
    token = secrets.token_urlsafe(20)
    gateway.add_account(token, **account)
    office = Office(server.server, server.client, name, sms_provider="smsapi")
    office.client.write("res.company", [office.company], sms_smsapi_token=token)
    office.token = token
    office.login = f"smsapi{office.company}"
    office.switch_on(office.create_user(office.login, MANAGER))
    return office


def numbers_of(group, gateway):
    return [sms.number for sms in gateway.messages if group.is_own(sms.number)]


def has_calls(gateway, number):
    return len(gateway.calls) >= number


def reopen(web):
    """Open the company's window anew; return what it says of SMS."""
    web.open("/odoo/crm")
    web.open_menu(*WINDOW)
    return web.field("reminder_sms_status")


def save(web):
    web.click("Save")
    expect(web.field("sender_id")).to_have_count(0)
