from odoo import api, fields, models

from ...line.recipient.phone.project_task import CUSTOMER_FIELDS

#: Context key: many tasks are changed at once, so that a person is asked first.
MANY = "crm_task_reminder_many"
#: Fields that say when the task takes place, whether it does, and for whom.
FIELDS = {"active", "planned_date_begin", "state", *CUSTOMER_FIELDS}


class ProjectTask(models.Model):
    """Notices when a task's date is set, moved or called off.

    One task that is changed is told by itself. Of many at once a person is asked first.
    """

    _inherit = "project.task"

    @api.model_create_multi
    def create(self, vals_list):
        tasks = super().create(vals_list)
        # sudo: a portal user may create a task, but not read its start
        dated = tasks.sudo().filtered("planned_date_begin")
        # the lines that the company has set are there once they are computed
        dated.flush_recordset(["reminder_customer_ids", "reminder_operator_ids"])
        dated._note_reminder_news({}, dated.browse())
        return tasks

    def write(self, vals):
        if not vals.keys() & FIELDS:
            return super().write(vals)
        heirs = self._find_reminder_heirs(vals)
        former = (self | heirs)._get_reminder_circumstances()
        result = super().write(vals)
        self._note_reminder_news(former, heirs)
        return result

    def _find_reminder_heirs(self, vals):
        """Return the parts of tasks that may get a customer by what is written.

        :param dict vals: as ``write`` gets them
        """
        if not vals.keys() & CUSTOMER_FIELDS:
            return self.browse()
        # sudo: whoever may write a task need not read all of its parts
        heirs = self.sudo().search(
            [("id", "child_of", self.ids), ("partner_id", "=", False)]
        )
        return heirs.with_env(self.env)

    def _get_reminder_known_start(self, rows, partner):  # noqa: ARG002
        """Return the start that somebody believes in: the one that was told last.

        For addons: who has said something about another start since knows that one.

        :param crm.task.reminder.log rows: what was told, the last at the end
        :param res.partner partner: who that is; may be empty
        :return datetime | False: naive UTC; False if none, or it is called off
        """
        self.ensure_one()
        return rows[-1:]._get_told_start()

    def unlink(self):
        """Delete the tasks; nobody is told, and the log says who was not.

        Of a task that is gone nothing can be told. Who is to hear that it does not take
        place is told when it is cancelled or archived before.
        """
        self._note_untold_reminder_deletion()
        return super().unlink()

    def _note_untold_reminder_deletion(self):
        """Note which dates people still believe in though the tasks are deleted."""
        # sudo: who may delete a task need have no access to its reminders
        notices = self.sudo().reminder_notice_ids
        if not notices:
            return
        now = fields.Datetime.now()
        log = notices.env["crm.task.reminder.log"]
        audiences = list(set(notices.mapped("audience")))
        told = log._find_telling_rows(notices.task_id, audiences)
        text = self.env._("the task was deleted, nobody is told that it is called off")
        log.create(
            [
                {
                    **rows[-1:]._prepare_untold_row(),
                    "detail": text,
                }
                for notice in notices
                if (rows := told.get((notice.task_id.id, notice.audience)))
                and rows[-1:]._get_told_start()
                and rows[-1:]._get_told_start() > now
                and notice._has_lines("called_off")
            ]
        )

    @api.model
    def load(self, fields, data):
        """Have a person asked about what is imported."""
        return super(ProjectTask, self.with_context(**{MANY: True})).load(fields, data)

    def web_save_multi(self, vals_list, specification):
        """Have a person asked about what is changed in many rows of a list."""
        many = self.with_context(**{MANY: len(self) > 1})
        return super(ProjectTask, many).web_save_multi(vals_list, specification)

    def _get_reminder_circumstances(self):
        """Return what of the tasks people are told when it changes.

        :return dict[project.task, tuple]: by tasks as superuser; without those that
            have no start, or do not take place
        """
        return {
            task: (task.planned_date_begin, task.partner_id)
            # sudo: a portal user may close a task, but not read its start
            for task in self.sudo()
            if task.planned_date_begin and task._allows_reminders()
        }

    def _note_reminder_news(self, former, heirs):
        """Have people told what has become of the tasks' dates.

        :param dict former: what ``_get_reminder_circumstances`` returned before; empty
            for tasks that are new
        :param project.task heirs: further ones, which may have changed with these
        """
        tasks = self | heirs
        present = tasks._get_reminder_circumstances()
        # sudo: who may edit a task need have no access to its reminders
        changed = tasks.sudo().filtered(
            lambda task: present.get(task) != former.get(task)
        )
        # not a search: what has changed has read the lines to find their times anew
        lines = changed.reminder_ids.filtered(lambda line: line._is_notice())
        if not lines:
            return
        many = max(len(changed & self), len(lines.task_id)) > 1
        is_asked = self.env.context.get(MANY) or many
        changed._ensure_reminder_notices(lines)._take_up(is_asked=is_asked)

    @api.model
    def _ensure_reminder_notices(self, lines):
        """Return the rows of news of the lines' tasks and audiences.

        :param crm.task.reminder lines: as superuser
        """
        places = {(line.task_id.id, line.audience) for line in lines}
        notices = lines.task_id.reminder_notice_ids
        there = {(notice.task_id.id, notice.audience) for notice in notices}
        return notices + notices.create(
            [
                {"task_id": task_id, "audience": audience}
                for task_id, audience in sorted(places - there)
            ]
        )
