from dataclasses import replace

from odoo import api, models
from odoo.tools.mail import generate_tracking_message_id

from ...channel.ir_qweb import KNOWN
from ...channel.plan.project_task import LINKS, PLAN


class CrmTaskReminderPlanQueue(models.AbstractModel):
    """Morning plans are written as reminders are; here is what differs."""

    _name = "crm.task.reminder.plan.queue"
    _inherit = "crm.task.reminder.queue"
    _description = "Morning Plan Queue"

    @api.model
    def _render(self, company, channel, deliveries, reader=None):
        """Fill the content of plans, each in its recipient's language and zone."""
        # each plan asks whether its tasks may be read: what that needs is read once
        writer = self._get_writer(company, reader)
        task_ids = {task_id for plan in deliveries for task_id in plan.tasks.ids}
        writer["project.task"].browse(task_ids)._filtered_access("read")
        known = {}
        for plan in deliveries:
            self._render_plan(company, plan, known, reader)
            # each task has its link: there is none to the first of them alone
            unlinked = replace(plan.recipient, is_internal=False)
            channel._personalise(company, replace(plan, recipient=unlinked))

    @api.model
    def _render_plan(self, company, plan, known, reader):
        """Fill the content of a plan.

        :param Plan plan:
        :param dict known: what was found out for others; added to
        """
        recipient = plan.recipient
        context = {
            "lang": recipient.lang,
            "tz": recipient.tz,
            KNOWN: known,
            PLAN: tuple(plan.tasks.ids),
            LINKS: recipient.is_internal,
        }
        writer = self._get_writer(company, reader, **context)
        task = writer["project.task"].browse(plan.tasks[:1].id)
        plan.content = self._fill(plan.channel, plan.template, task)[task.id]

    @api.model
    def _complete(self, company, channel, deliveries):
        """Put in nothing: what is each message's own is about one task."""

    @api.model
    def _create_messages(self, company, channel, deliveries):
        """Create the messages of plans: of no record, for their recipients alone."""
        sender = company._get_reminder_environment()
        common = company._prepare_reminder_messages()
        common["reply_to"] = common["email_from"]
        # sudo: the sender need not be allowed to write to others
        messages = sender["mail.message"].sudo()
        return messages.create(
            [
                {
                    **common,
                    "message_id": generate_tracking_message_id(f"plan-{company.id}"),
                    "partner_ids": plan.recipient.partner.ids,
                    **channel._prepare_message(company, plan),
                }
                for plan in deliveries
            ]
        )
