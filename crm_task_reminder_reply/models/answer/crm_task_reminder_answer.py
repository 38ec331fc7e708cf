from markupsafe import Markup

from odoo import api, fields, models
from odoo.addons.crm_task_reminder.tools.transaction import execute
from odoo.exceptions import ValidationError
from odoo.tools import SQL

KINDS = [
    ("coming", "Confirmed"),
    ("declined", "Can't come"),
    ("other", "Another time"),
]
WAYS = [("page", "Online"), ("phone", "By phone")]
#: Answers after which somebody has something to do.
UNSETTLED = ("declined", "other")
ACTIVITY = "crm_task_reminder_reply.mail_activity_type_answer"
#: Characters of a wish. A page takes no more.
MAX_TEXT = 500


class CrmTaskReminderAnswer(models.Model):
    """What a customer has answered about one start of a task: the last word counts.

    It belongs to the start that it was given for. A task that is moved has no answer
    any more; moved back, it has it again, unless its customer was told otherwise
    meanwhile.
    """

    _name = "crm.task.reminder.answer"
    _description = "Answer to a Task Reminder"
    _order = "answered_at desc, id desc"

    task_id = fields.Many2one(
        "project.task", required=True, index=True, ondelete="cascade"
    )
    start = fields.Datetime(required=True, help="The start that it was given for.")
    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(KINDS, string="Answer", required=True)
    text = fields.Text(string="Wish")
    way = fields.Selection(WAYS, required=True)
    answered_at = fields.Datetime(required=True)
    user_id = fields.Many2one(
        "res.users", string="Noted By", help="Who has taken the answer, by phone."
    )
    is_current = fields.Boolean(
        compute="_compute_is_current",
        store=True,
        help="Whether the task still has this start and this customer.",
    )
    is_void = fields.Boolean(
        help="The customer has been told of another start since, or that there is none."
    )

    _once = models.Constraint(
        "UNIQUE (task_id, start, partner_id)",
        "This customer has answered already.",
    )

    @api.depends(
        "task_id.planned_date_begin", "task_id.partner_id", "partner_id", "is_void"
    )
    def _compute_is_current(self):
        for answer in self:
            task = answer.task_id
            present = task.planned_date_begin, task.partner_id
            is_present = present == (answer.start, answer.partner_id)
            answer.is_current = is_present and not answer.is_void

    @api.constrains("text")
    def _check_text(self):
        for answer in self:
            if len(answer.text or "") > MAX_TEXT:
                raise ValidationError(
                    self.env._("At most %s characters, please.", MAX_TEXT)
                )

    # ------------------------------------------------------------------
    # Answering
    # ------------------------------------------------------------------

    @api.model
    def _take_turn(self):
        """Let one answer after the other be taken, until the end of the transaction.

        The table is locked before the first look at it: so who waits sees what was
        answered meanwhile, and does not run into a conflict. Nothing uncommitted may be
        in the transaction, which begins anew.
        """
        self.env.cr.rollback()
        self.env.cr.execute(
            SQL(
                "LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE",
                SQL.identifier(self._table),
            )
        )

    @api.model
    def _record(self, task, kind, way, text="", user=None):
        """Keep what the customer of a task answers, and tell who is to know.

        :param project.task task: with a customer and a start; nothing of it changes
        :param str kind: one of ``KINDS``
        :param str way: one of ``WAYS``
        :param str text: the customer's wish
        :param res.users user: who has taken the answer, if not the customer alone
        :return crm.task.reminder.answer:
        """
        self._let_movers_know(task)
        present = task.planned_date_begin, task.partner_id
        key = {
            "task_id": task.id,
            "start": task.planned_date_begin,
            "partner_id": task.partner_id.id,
        }
        values = {
            "kind": kind,
            "way": way,
            "text": text,
            "answered_at": fields.Datetime.now(),
            "user_id": user.id if user else False,
            "is_void": False,
        }
        # not asked of Odoo, which looks for a moment by the second after it: the last
        # one of the calendar has none
        answer = task.reminder_answer_ids.filtered(
            lambda one: (one.start, one.partner_id) == present
        )
        former = (answer.kind, answer.text or "") if answer.is_current else None
        if answer:
            answer.write(values)
        else:
            answer = self.create({**key, **values})
        task._drop_known_reminder_news()
        if former != (kind, text):
            answer._tell()
        return answer

    @api.model
    def _let_movers_know(self, task):
        """Let whoever moves the task meanwhile have a conflict, and look again.

        Neither would see what the other one writes, and the answer would go on to count
        for a start that it was not given for. It is no use to wait for the other one:
        what that has changed is a conflict all the same.
        """
        task.flush_recordset()
        query = SQL(
            """
            UPDATE project_task SET write_date = write_date WHERE id IN (
                SELECT id FROM project_task WHERE id = %s FOR NO KEY UPDATE NOWAIT
            ) RETURNING id
            """,
            task.id,
        )
        execute(self.env, query)

    def _void_overtaken(self):
        """Make void what was answered before its customer was told otherwise.

        Who has confirmed a start and was told of another one since, or that it is
        called off, believes in that: when the task comes back to the former start, the
        customer has to be told, and asked again. So does who has answered about another
        one since, as on the phone before any message left.
        """
        answers = self.filtered("is_current")
        if not answers:
            return
        told = self.env["crm.task.reminder.log"]._find_telling_rows(
            answers.task_id, ["customer"]
        )
        none = self.env["crm.task.reminder.log"]
        for answer in answers:
            rows = told.get((answer.task_id.id, "customer"), none)
            rows = rows._filter_told_to(answer.partner_id, self.env["hr.employee"])
            answer.is_void = answer._is_taken_back() or any(
                row._get_told_start() != answer.start
                and row._get_told_at()[0] >= answer.answered_at
                for row in rows
            )

    @api.model
    def _drop_doubles(self, partners):
        """Keep the last word about each start of customers who become one.

        :param res.partner partners:
        """
        answers = self.search([("partner_id", "in", partners.ids)])
        same = answers.grouped(lambda answer: (answer.task_id, answer.start))
        for members in same.values():
            members[1:].unlink()

    def _is_taken_back(self):
        """Tell whether the customer has answered about another start since."""
        self.ensure_one()
        others = self.task_id.reminder_answer_ids - self
        return any(
            other.partner_id == self.partner_id and other.answered_at > self.answered_at
            for other in others
        )

    # ------------------------------------------------------------------
    # Who is to know
    # ------------------------------------------------------------------

    def _get_label(self, name):
        """Return the value of a selection field as the reader reads it."""
        labels = self._fields[name]._description_selection(self.env)
        return dict(labels).get(self[name], "")

    def _tell(self):
        """Note the answer on its task, and give the assignee what is to be done."""
        self.ensure_one()
        task = self.task_id
        company = task._get_reminder_company()
        lang = task._get_reminder_lang(company.partner_id.lang)
        there = self.with_context(lang=lang, tz=company._get_reminder_tz())
        task._message_log(
            body=there._write_note(),
            author_id=self.partner_id.id,
            email_from=company._get_reminder_note_sender(),
        )
        if self.kind in UNSETTLED:
            self._schedule_activity(company)
        else:
            task.activity_unlink([ACTIVITY])

    def _write_note(self):
        """Return the answer in a sentence, as HTML in which the customer's is text."""
        sentence = self.env._(
            "Answer of %(customer)s about %(start)s: %(answer)s (%(way)s)",
            customer=self.partner_id.display_name,
            start=self.env["crm.task.reminder"]._format_moment(self.start),
            answer=self._get_label("kind"),
            way=self._get_label("way"),
        )
        note = Markup("<p>%s</p>") % sentence
        if self.text:
            lines = Markup("<br/>").join(self.text.splitlines())
            note += Markup("<blockquote>%s</blockquote>") % lines
        return note
