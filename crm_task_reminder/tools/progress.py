"""Many records, worked on in batches while a person watches."""

from collections import Counter

from odoo.exceptions import UserError

#: Records that are worked on at once while a person waits, and more than which are
#: worked on in batches.
BATCH_SIZE = 200


def in_batches(name, records, model, method, *leading_args, note=""):
    """Return the action that has records worked on in batches and shows how far it is.

    Each batch is a transaction of its own; the browser calls the method, with the
    user's rights.

    :param str name: title of the dialogue
    :param odoo.models.Model records: which are to be worked on
    :param str model: name of the model whose method is called
    :param str method: public; takes the ids of a batch as its last argument; returns
        for what reasons how many were passed over
    :param leading_args: what it takes before that
    :param str note: what a person should know as well
    :return dict:
    """
    return {
        "type": "ir.actions.client",
        "tag": "crm_task_reminder.progress",
        "name": name,
        "target": "new",
        "params": {
            "model": model,
            "method": method,
            "leading_args": leading_args,
            "note": note,
            "ids": records.ids,
            "size": BATCH_SIZE,
        },
    }


def tell(env, message, refused, note=""):
    """Return the action that tells what has been done, and closes the window.

    :param odoo.api.Environment env: whose language it is told in
    :param str message: what has been done
    :param dict[str, int] refused: for what reasons how many were passed over
    :param str note: what a person should know as well
    :return dict:
    """
    words = [message, note]
    if refused:
        count = sum(refused.values())
        words.append(env._("Passed over: %s.", count))
        words += [f"{reason} ({number})" for reason, number in refused.items()]
    return {
        "type": "ir.actions.client",
        "tag": "display_notification",
        "params": {
            "type": "warning" if refused or note else "success",
            "message": " ".join(filter(None, words)),
            "next": {"type": "ir.actions.act_window_close"},
        },
    }


def where_possible(records, work):
    """Do something with records; if some refuse it, with all others one by one.

    :param odoo.models.Model records:
    :param function work: of records; all that it does goes to the database
    :return dict[str, int]: what was said against it, and for how many of them
    """
    cr = records.env.cr
    try:
        with cr.savepoint():
            work(records)
        return {}
    except UserError as error:
        if len(records) == 1:
            return {str(error): 1}
    refused = Counter()
    for record in records:
        refused.update(where_possible(record, work))
    return refused
