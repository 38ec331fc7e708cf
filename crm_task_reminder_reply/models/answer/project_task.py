from odoo import api, fields, models
from odoo.addons.crm_task_reminder.models.line.project_task import GROUPS
from odoo.exceptions import UserError
from odoo.fields import Domain

from .crm_task_reminder_answer import KINDS


class ProjectTask(models.Model):
    """What the customer has answered about the start that the task has now."""

    _inherit = "project.task"

    reminder_answer_ids = fields.One2many(
        "crm.task.reminder.answer", "task_id", groups=fields.NO_ACCESS
    )
    reminder_answer = fields.Selection(
        KINDS,
        string="Customer's Answer",
        compute="_compute_reminder_answer",
        search="_search_reminder_answer",
        compute_sudo=True,
        groups=GROUPS,
        help="What the customer has answered about the present start.",
    )
    reminder_answer_text = fields.Char(
        string="Answer in Words",
        compute="_compute_reminder_answer_text",
        compute_sudo=True,
        groups=GROUPS,
        help="Who has answered, when and how.",
    )
    reminder_has_begun = fields.Boolean(
        compute="_compute_reminder_has_begun", groups=GROUPS
    )

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"planned_date_begin", "state", "active"}:
            # sudo: answers are nobody's to write
            self.sudo().reminder_answer_ids._void_overtaken()
        return result

    def _get_reminder_known_start(self, rows, partner):
        """Who has answered since about another start, as on the phone, knows that."""
        # sudo: answers are nobody's to read
        answers = self.sudo().reminder_answer_ids.filtered(
            lambda answer: partner and answer.partner_id == partner
        )
        answer = answers.sorted("answered_at")[-1:]
        is_later = answer and (
            not rows or answer.answered_at > rows[-1:]._get_told_at()[0]
        )
        if is_later:
            return answer.start
        return super()._get_reminder_known_start(rows, partner)

    def _drop_known_reminder_news(self):
        """Have nobody wait for a yes, or a time, to be told what is known by now."""
        # sudo: nobody has access to news
        notices = self.sudo()._get_open_reminder_notices("customer")
        for notice, (moment, _told) in notices._find_news(before_own=True).items():
            if not moment:
                notice._drop()

    @api.depends("planned_date_begin")
    def _compute_reminder_has_begun(self):
        now = fields.Datetime.now()
        for task in self:
            start = task.planned_date_begin
            task.reminder_has_begun = start and start <= now

    @api.depends("reminder_answer_ids.is_current", "reminder_answer_ids.kind")
    def _compute_reminder_answer(self):
        for task in self:
            task.reminder_answer = task._get_reminder_answer().kind

    def _get_reminder_answer(self):
        """Return the answer that counts, as superuser; empty if there is none."""
        self.ensure_one()
        # sudo: whoever may read the task may know what its customer has answered
        return self.sudo().reminder_answer_ids.filtered("is_current")[:1]

    @api.depends("reminder_answer", "reminder_answer_ids.answered_at")
    @api.depends_context("lang", "tz", "uid")
    def _compute_reminder_answer_text(self):
        moments = self.env["crm.task.reminder"]
        for task in self:
            answer = task._get_reminder_answer().with_env(self.env(su=True))
            partner = answer.partner_id
            words = [
                # an address of a firm may have no name of its own
                (partner.name or "").strip() or partner.display_name,
                moments._format_moment(answer.answered_at) if answer else "",
                answer._get_label("way") if answer else "",
                answer.text and self.env._("writes “%s”", answer.text),
            ]
            task.reminder_answer_text = " · ".join(filter(None, words))

    @api.model
    def _search_reminder_answer(self, operator, value):
        if operator != "in":
            return NotImplemented
        # Odoo does not ask for the rights on a field that brings its own search
        self._check_field_access(self._fields["reminder_answer"], "read")
        # sudo: answers are read by way of their tasks
        answers = self.env["crm.task.reminder.answer"].sudo()
        current = [("is_current", "=", True)]
        kinds = [kind for kind in value if kind]
        given = answers._search([*current, ("kind", "in", kinds)])
        found = Domain("id", "in", given.subselect("task_id"))
        if False in value:
            found |= Domain(
                "id", "not in", answers._search(current).subselect("task_id")
            )
        return found

    def action_confirm_reminder_by_phone(self):
        """Note that the customer has confirmed on the phone."""
        self.check_access("write")
        for task in self:
            if not task.partner_id or not task.planned_date_begin:
                raise UserError(
                    self.env._("“%s” has no customer or no start yet.", task.name)
                )
            # sudo: nobody writes answers by hand; whoever may change the task may
            # take one
            answer = self.env["crm.task.reminder.answer"].sudo()
            answer._record(task.sudo(), "coming", "phone", user=self.env.user)
        return True
