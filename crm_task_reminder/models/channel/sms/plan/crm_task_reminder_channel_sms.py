from odoo import api, models

from .....tools import gsm
from ...plan.project_task import DETAIL, FULL_DETAIL, MORE, PLAN


class CrmTaskReminderChannelSms(models.AbstractModel):
    """The morning plan in as many SMS as a company wants at most."""

    _inherit = "crm.task.reminder.channel.sms"

    _plan_field = "reminder_plan_sms_template_id"
    _standard_plan_template = "crm_task_reminder.sms_template_plan"

    @api.model
    def _render(self, template, tasks):
        if PLAN in tasks.env.context:
            context = self._find_plan_context(template, tasks)
            template = template.with_context(**context)
            tasks = tasks.with_context(**context)
        return super()._render(template, tasks)

    @api.model
    def _find_plan_context(self, template, tasks):
        """Return what makes a plan as short as the company wants it.

        :return dict: further context
        """
        company, context = tasks.env.company, {}
        alphabet = self._get_alphabet(company)
        for context in self._shorten_plan(tasks.env.context[PLAN]):
            bodies = template.with_context(**context)._render_field("body", tasks.ids)
            parts = max(gsm.count_parts(alphabet(body)) for body in bodies.values())
            if not company.reminder_sms_parts or parts <= company.reminder_sms_parts:
                break
        return context

    @api.model
    def _shorten_plan(self, ids):
        """Give contexts that make a plan shorter and shorter.

        First less is told of each task, then fewer tasks are.

        :param tuple[int] ids: of its tasks
        :yield dict:
        """
        for detail in range(FULL_DETAIL, -1, -1):
            yield {DETAIL: detail}
        for count in range(len(ids) - 1, 0, -1):
            yield {DETAIL: 0, PLAN: ids[:count], MORE: len(ids) - count}
