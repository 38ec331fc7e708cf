from odoo import api, fields, models

from ....tools import dates

#: Context keys: the ids of a plan's tasks, whether its reader can follow links, and how
#: much of each task is told (all, up to the customer, or time and title), and how many
#: further tasks are not told of.
PLAN, LINKS = "reminder_plan_ids", "reminder_plan_links"
DETAIL, MORE = "reminder_plan_detail", "reminder_plan_more"
FULL_DETAIL = 2


class ProjectTask(models.Model):
    """What templates say of all tasks of a day.

    A plan's template is filled in with the first task of the day; the others are in the
    context.
    """

    _inherit = "project.task"

    reminder_plan = fields.Html(
        string="Tasks of the Day",
        compute="_compute_reminder_plan",
        sanitize=False,  # the HTML is from our own template
        help="All tasks of the day as a table; for templates of the morning plan.",
    )
    reminder_plan_text = fields.Text(
        string="Tasks of the Day as Text",
        compute="_compute_reminder_plan",
        help="All tasks of the day in lines; for templates of the morning plan.",
    )

    @api.depends("planned_date_begin", "name", "partner_id")
    @api.depends_context("lang", "tz", "uid", PLAN, LINKS, DETAIL, MORE)
    def _compute_reminder_plan(self):
        for task in self:
            ids = self.env.context.get(PLAN)
            # A client can put any task into the context. The title of a task that was
            # read once as superuser would be given out without a look at the rights.
            tasks = task.browse(ids)._filtered_access("read") if ids else task
            items = tasks._prepare_reminder_plan()
            task.reminder_plan = self.env["ir.qweb"]._render(
                "crm_task_reminder.plan_tasks", {"items": items}
            )
            lines = [self._write_reminder_plan_item(item) for item in items]
            if more := self.env.context.get(MORE):
                lines.append(self.env._("and %s more", more))
            task.reminder_plan_text = "\n".join(lines)

    def _prepare_reminder_plan(self):
        """Return what a plan tells of each task, in the words of the reader.

        :return list[dict[str, str]]: ``when``, ``name``, ``customer``, ``phone``,
            ``address`` and ``link``, which may be empty
        """
        starts = self._split_reminder_plan_starts()
        is_linked = self.env.context.get(LINKS)
        base = self.env.company.get_base_url()
        items = []
        for task in self:
            start = starts.get(task.id, {"time": "", "zone": ""})
            partner = task.partner_id
            # whoever reads a task sees its customer's name, but not all else
            # on a form that is not saved it is a copy, for which nobody is refused
            is_open = partner._origin.has_access("read")
            items.append(
                {
                    "when": " ".join(filter(None, (start["time"], start["zone"]))),
                    "name": task.name,
                    "customer": partner and task.reminder_customer_name,
                    # sudo: who reads the customer may know which number it has here
                    "phone": is_open and (task.sudo().reminder_phone or partner.phone),
                    "address": is_open and partner._get_reminder_address(),
                    "link": is_linked
                    and f"{base}/mail/view?model=project.task&res_id={task.id}",
                }
            )
        return items

    @api.model
    def _write_reminder_plan_item(self, item):
        """Return a task of a plan in one line.

        :param dict item: as of ``_prepare_reminder_plan``
        """
        detail = self.env.context.get(DETAIL, FULL_DETAIL)
        names = ("customer", "phone", "address") if detail else ()
        words = [item[name] for name in names[: None if detail > 1 else 1]]
        return f"{item['when']} " + ", ".join(filter(None, (item["name"], *words)))

    # ------------------------------------------------------------------
    # In a plan it is the day that counts
    # ------------------------------------------------------------------

    @api.depends_context(PLAN)
    def _compute_reminder_start(self):
        result = super()._compute_reminder_start()
        if PLAN in self.env.context:
            _pattern, locale = self._get_reminder_time_style()
            for tasks, start, this_year, _zone in self._localise_reminder_starts():
                day = dates.format_day_and_time(start, "", locale, this_year)
                tasks.reminder_start = day.rstrip(" ,")
        return result

    def _split_reminder_plan_starts(self):
        """Return the starts in parts, as of ``_split_reminder_start``, with times."""
        context = {**self.env.context}
        context.pop(PLAN, None)
        return self.with_env(self.env(context=context))._split_reminder_start()

    def _split_reminder_start(self):
        starts = super()._split_reminder_start()
        if PLAN in self.env.context:
            for start in starts.values():
                start.update({"time": "", "zone": ""})
        return starts

    @api.model
    def mail_allowed_qweb_expressions(self):
        return (
            *super().mail_allowed_qweb_expressions(),
            "object.reminder_plan",
            "object.reminder_plan_text",
        )
