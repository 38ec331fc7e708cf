from collections import defaultdict
from itertools import starmap

from odoo import api, fields, models
from odoo.tools.misc import babel_locale_parse

from ....tools.errors import ReminderError
from ....tools.language import name_language

#: States in which nothing is to come any more.
ENDED_STATES = ("done", "skipped", "missed", "cancelled")


def _join(words):
    """Return words in one line, each once."""
    return ", ".join(dict.fromkeys(words))


class CrmTaskReminder(models.Model):
    """Who will get a reminder, or why not, and what became of it.

    Whom a reminder reaches is asked of ``crm.task.reminder.decision``.
    """

    _inherit = "crm.task.reminder"

    people = fields.Html(
        string="Who Gets It",
        sanitize=False,  # it would drop aria-hidden; the HTML is from our own template
        compute="_compute_people",
        compute_sudo=True,
        help="Who will get the reminder, or got it, and why somebody does not.",
    )

    @api.model
    def _get_people_paths(self):
        """Return what decides who gets a reminder, and in which language."""
        task_names = (
            "reminder_company_id",
            "partner_id.email",
            "partner_id.phone",
            "partner_id.lang",
            "reminder_phone",
            "user_ids",
            "reminder_excluded_user_ids",
            "reminder_employee_ids",
        )
        log_names = ("state", "reason", "detail")
        return [
            *("audience", "channel", "state", "due_at", *self._get_template_fields()),
            *(f"task_id.{name}" for name in task_names),
            *(f"log_ids.{name}" for name in log_names),
        ]

    @api.depends(lambda self: self._get_people_paths())
    @api.depends_context("lang", "tz", "uid", "allowed_company_ids")
    def _compute_people(self):
        is_open = self.filtered(lambda line: line.state not in ENDED_STATES)
        people = is_open._list_people() | self._list_latecomers()
        icons = {name: one._icon for name, one in self._get_channels().items()}
        for reminder in self:
            reminder.people = self.env["ir.qweb"]._render(
                "crm_task_reminder.people",
                {
                    "icon": icons.get(reminder.channel),
                    "icons": icons,
                    "recipients": people.get(reminder, []),
                    "rows": reminder._origin._get_current_rows().sorted("id"),
                },
            )

    def _list_people(self):
        """Return who will get the reminders at which address, or why not.

        :return dict[crm.task.reminder, list[dict]]: entries with ``name``, ``address``,
            ``lang`` (the language in words, empty where there is but one),
            ``is_foreign`` (not the company's), ``icon`` and ``instead_of`` (of another
            form than the reminder's, and why) and ``problem``, a text; all but one of
            them may be empty
        """
        decision = self.env["crm.task.reminder.decision"]
        found = defaultdict(lambda: defaultdict(list))
        for task, lines in self.grouped("task_id").items():
            deliveries, refusals = decision._resolve(lines, form=task)
            for one in deliveries:
                for recipient in (one.recipient, *one.others):
                    found[one.reminder][recipient].append(self._get_outcome(one))
            replaced = {id(one.instead_of) for one in deliveries}
            for one in refusals:
                if id(one) not in replaced:
                    outcome = one.address, one.error, None
                    found[one.reminder][one.recipient].append(outcome)
        obstacles = self._find_line_obstacles()
        return {
            reminder: [
                *map(reminder._prepare_entry, obstacles.get(reminder, ())),
                *starmap(reminder._describe_recipient, found[reminder].items()),
            ]
            for reminder in self
        }

    @api.model
    def _get_outcome(self, delivery):
        """Return what ``_describe_recipient`` needs to know of a delivery."""
        refusal = delivery.instead_of
        if refusal:
            return delivery.address, refusal.error, delivery.channel
        return delivery.address, None, None

    def _list_latecomers(self):
        """Return who has no message of reminders that were sent, as ``_list_people``.

        :return dict[crm.task.reminder, list[dict]]:
        """
        decision = self.env["crm.task.reminder.decision"]
        sent = self.filtered(lambda line: line.state == "done")
        closed = decision._find_obstacles(sent._origin)
        sent = sent.filtered(lambda line: line._origin not in closed)
        hint = self.env._("has no message of it yet; “Send now” sends one")
        entries = defaultdict(list)
        for task, lines in sent.grouped("task_id").items():
            line_by_origin = {line._origin: line for line in lines}
            for one in decision._resolve_missing(lines._origin, form=task):
                line = line_by_origin[one.reminder]
                outcome = self._get_outcome(one)
                entry = line._describe_recipient(one.recipient, [outcome])
                problem = entry["problem"] or hint
                entries[line].append({**entry, "problem": problem})
        return entries

    def _find_line_obstacles(self):
        """Return what keeps whole reminders from being sent.

        :return dict[crm.task.reminder, list[ReminderError]]: one error each, without
            those that may go
        """
        scheduled = self.filtered(lambda line: line.state == "scheduled")
        saved = scheduled._origin.filtered(lambda line: line.state == "scheduled")
        # what the company's set-up lacks is shown at each recipient instead
        decision = self.env["crm.task.reminder.decision"]
        errors = decision._find_obstacles(saved, is_written=True)
        obstacles = {}
        for line in scheduled:
            if error := errors.get(line._origin):
                obstacles[line] = [error]
            elif not line._get_template():
                obstacles[line] = [ReminderError("no_template")]
        return obstacles

    def _get_named_company(self):
        """Return the company in whose name it is sent, also of a line on a form."""
        return self.company_id or self.task_id.reminder_company_id

    def _prepare_entry(self, error=None, **values):
        """Return an entry of the list of who gets the reminder.

        :param ReminderError | None error: why nobody, or somebody, gets nothing
        """
        log, company = self.env["crm.task.reminder.log"], self._get_named_company()
        problem = log._explain_to_reader(company, error) if error else ""
        texts = ("name", "address", "lang", "icon", "instead_of")
        blank = {**dict.fromkeys(texts, ""), "is_foreign": False}
        return {**blank, "problem": problem, **values}

    def _describe_recipient(self, recipient, outcomes):
        """Return a recipient's entry in the list of who gets the reminder.

        Nothing is told of somebody whom the reader may not read: an unsaved form can
        name anybody.

        :param Recipient | None recipient: None where there is nobody
        :param list[tuple] outcomes: an address, the error if it gets nothing in the
            reminder's own form, and the channel that it gets it by instead, if any
        """
        # an empty recordset of a channel counts as false
        seconds = [(error, one) for _at, error, one in outcomes if one is not None]
        values = {}
        if recipient:
            values["name"], is_open = self._disclose_on_form(recipient)
            if not is_open:
                return self._prepare_entry(**values)
            company = self._get_named_company()
            decision = self.env["crm.task.reminder.decision"]
            gap = decision._find_set_up_gap(company, self._get_channel())
            if gap and not seconds:
                return self._prepare_entry(gap, **values)
            values.update(self._describe_language(recipient, company))
        for error, channel in seconds:
            values["icon"] = channel._icon
            values["instead_of"] = self.env["crm.task.reminder.log"]._explain(error)
        errors = [(at, error) for at, error, one in outcomes if one is None and error]
        values["address"] = _join(
            at for at, error, one in outcomes if one is not None or not error
        )
        if not errors:
            return self._prepare_entry(**values)
        details = _join(at or error.detail for at, error in errors)
        error = ReminderError(errors[0][1].reason, details)
        return self._prepare_entry(error, **values)

    def _disclose_on_form(self, recipient):
        """Return what the reader may know of a recipient, as of ``_disclose``.

        Whom the saved task names Odoo shows to its readers; a form can name anybody.

        :param Recipient recipient:
        """
        partner = recipient.partner._origin
        name, is_open = self._disclose(recipient.name, partner, recipient.employee)
        if is_open or name != recipient.name:
            return name, is_open
        # sudo: whoever may read a task is shown these names by Odoo
        task = self.task_id._origin.sudo()
        if not partner <= task.partner_id | task.user_ids.partner_id:
            name = self.env._("Somebody whom you may not see")
        return name, False

    def _describe_language(self, recipient, company):
        """Return which language a recipient gets the reminder in, where it may differ.

        :param Recipient recipient:
        :param res.company company: whose language is the usual one
        :return dict: ``lang``, a name, and ``is_foreign``; empty if there is but one
        """
        if len(self.env["res.lang"].get_installed()) < 2:
            return {}
        locale = babel_locale_parse(recipient.lang)
        usual = self.task_id._get_reminder_lang(company.partner_id.lang)
        return {
            "lang": name_language(self.env, recipient.lang),
            # the same language of another country is no surprise
            "is_foreign": locale.language != babel_locale_parse(usual).language,
        }
