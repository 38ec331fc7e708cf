"""Many records, worked on in batches while a person watches."""

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
    :param str method: public; takes the ids of a batch as its last argument
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
