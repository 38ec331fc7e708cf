"""Calls of the API by which somebody may try to learn a company's account at SMSAPI."""

FIELD, SENDER = "sms_smsapi_token", "sms_smsapi_sender_id"

# What may have kept the token by the way.
MODELS = (
    *("ir.config_parameter", "ir.logging", "mail.message", "sms.tracker"),
    *("mail.tracking.value", "sms.smsapi.token", "sms.smsapi.report"),
    *("sms.smsapi.account", "res.config.settings"),
)


def call(model, method, ids=None, **arguments):
    """Return a call: its model, method, ids and other arguments."""
    return model, method, ids, arguments


def list_readings(company, user):
    """Return the calls that read the account, by name."""
    return {
        **_list_readings_of_company(company, user),
        **_list_groups(company),
        "names": call("sms.smsapi.sender", "search_read", domain=[], fields=["name"]),
        **{model: call(model, "search_read", domain=[], fields=[]) for model in MODELS},
    }


def _list_readings_of_company(company, user):
    names, this = [FIELD, SENDER], [["id", "=", company]]
    spec = {FIELD: {}, SENDER: {"fields": {"name": {}}}}
    paths = [f"company_id/{FIELD}", f"company_id/{SENDER}/name"]
    nested = {"company_id": {"fields": spec}}
    return {
        "read": call("res.company", "read", [company], fields=names),
        "read all": call("res.company", "read", [company]),
        "search_read": call("res.company", "search_read", domain=this, fields=names),
        "web_read": call("res.company", "web_read", [company], specification=spec),
        "web_search_read of users": call(
            "res.users", "web_search_read", domain=[], specification=nested
        ),
        "export_data": call(
            "res.company", "export_data", [company], fields_to_export=names
        ),
        "export_data of users": call(
            "res.users", "export_data", [user], fields_to_export=paths
        ),
        "copy_data": call("res.company", "copy_data", [company]),
        "default_get": call("res.company", "default_get", fields=names),
        "onchange": call(
            "res.company",
            "onchange",
            [company],
            values={},
            field_names=[],
            fields_spec=spec,
        ),
        "web_save": call(
            "res.company", "web_save", [company], vals={}, specification=spec
        ),
    }


def _list_groups(company):
    this = [["id", "=", company]]
    groups = {
        "group": {"groupby": [FIELD], "aggregates": ["__count"]},
        "largest": {"groupby": [], "aggregates": [f"{FIELD}:max"]},
        "all": {"groupby": [], "aggregates": [f"{FIELD}:array_agg"]},
        "sender": {"groupby": [SENDER], "aggregates": ["__count"]},
    }
    return {
        name: call("res.company", "formatted_read_group", domain=this, **asked)
        for name, asked in groups.items()
    }


def list_guesses(company, guess):
    """Return the calls whose answer may tell whether a guess of the token is right."""
    by = {
        "=like": [FIELD, "=like", f"{guess[:6]}%"],
        "=": [FIELD, "=", guess],
        ">=": [FIELD, ">=", guess],
        "in": [FIELD, "in", [guess]],
    }
    guesses = {}
    for name, condition in by.items():
        of_users = [f"company_id.{condition[0]}", *condition[1:]]
        guesses[name] = call("res.company", "search_count", domain=[condition])
        guesses[f"{name} of users"] = call("res.users", "search", domain=[of_users])
    ends = [["id", "=", company], by["=like"]]
    return guesses | {
        "name_search": call("res.company", "name_search", domain=ends),
        "order": call("res.company", "search", domain=[], order=f"{FIELD} desc"),
        "order of users": call(
            "res.users", "search", domain=[], order=f"company_id.{FIELD}"
        ),
        "having": call(
            "res.company",
            "formatted_read_group",
            domain=[],
            groupby=["id"],
            aggregates=["__count"],
            having=[[f"{FIELD}:max", "=", guess]],
        ),
        "progress": call(
            "res.company",
            "read_progress_bar",
            domain=[],
            group_by="id",
            progress_bar={"field": FIELD, "colors": {guess: "success"}},
        ),
        "load": call(
            "res.company", "load", fields=[".id", FIELD], data=[[str(company), guess]]
        ),
        "write": call("res.company", "write", [company], vals={FIELD: guess}),
    }


def list_faults(company):
    """Return calls that fail in the database, on the row of the company."""
    empty = {"name": False, "currency_id": False, "partner_id": False}
    faults = {
        f"no {name}": call("res.company", "write", [company], vals={name: value})
        for name, value in empty.items()
    }
    return faults | {
        "load": call(
            "res.company",
            "load",
            fields=[".id", "currency_id/.id"],
            data=[[str(company), ""]],
        ),
        "window": call(
            "crm.task.reminder.settings",
            "create",
            vals_list=[{"reminder_plan": False}],
            context={"allowed_company_ids": [company]},
        ),
    }
