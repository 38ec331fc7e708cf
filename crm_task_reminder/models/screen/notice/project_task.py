from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ....tools import progress
from ...line.crm_task_reminder_mixin import AUDIENCES
from ...line.project_task import GROUPS


class ProjectTask(models.Model):
    """What a person reads of news that is to be told, and says about it."""

    _inherit = "project.task"

    reminder_customer_notice = fields.Char(
        string="News for Customers", compute="_compute_reminder_notices", groups=GROUPS
    )
    reminder_operator_notice = fields.Char(
        string="News for Operators", compute="_compute_reminder_notices", groups=GROUPS
    )
    reminder_is_untold = fields.Boolean(
        string="Date Not Told",
        compute="_compute_reminder_is_untold",
        search="_search_reminder_is_untold",
        compute_sudo=True,
        groups=GROUPS,
        help="Its date was set, moved or called off together with others, or its start "
        "was emptied: nobody is told until somebody says so.",
    )

    @api.depends(
        "reminder_notice_ids.moment",
        "reminder_notice_ids.tell_at",
        "reminder_notice_ids.is_held",
        "reminder_ids.state",
        "planned_date_begin",
        "reminder_customer_off",
        "reminder_operator_off",
    )
    @api.depends_context("lang", "tz", "uid", "allowed_company_ids")
    def _compute_reminder_notices(self):
        self.reminder_customer_notice = self.reminder_operator_notice = False
        for notice in self._get_open_reminder_notices():
            task = self.browse(notice.task_id.id)
            name = f"reminder_{notice.audience}_notice"
            task[name] = task._describe_reminder_notice(notice)

    def _get_open_reminder_notices(self, audience=None):
        """Return the news that is still to be told.

        :param str audience: only that for ``customer`` or ``operator``
        :return crm.task.reminder.notice: as superuser
        """
        # sudo: nobody has access to news; who may read a task may read its own
        notices = self.sudo()._origin.reminder_notice_ids.filtered("moment")
        return notices.filtered(
            lambda notice: (
                notice.audience == (audience or notice.audience)
                and notice._get_start()
                and notice._get_start() > fields.Datetime.now()
                and (
                    not notice._is_switched_off()
                    if notice.is_held
                    else "scheduled" in notice._get_lines().mapped("state")
                )
            )
        )

    def _describe_reminder_notice(self, notice):
        """Return in words what an audience will be told, who, and when.

        :param crm.task.reminder.notice notice: as superuser
        """
        names = self._name_reminder_listeners(notice)
        news = self._describe_reminder_news(notice)
        if notice.is_held:
            return self.env._(
                "Not told yet: %(news)s. It would go to: %(names)s.",
                news=news,
                names=names,
            )
        return self.env._(
            "To be told %(time)s: %(news)s. It goes to: %(names)s.",
            time=self.env["crm.task.reminder"]._format_moment(notice.tell_at),
            news=news,
            names=names,
        )

    def _describe_reminder_news(self, notice):
        """Return in words what has become of the date.

        :param crm.task.reminder.notice notice: as superuser
        """
        lines = self.env["crm.task.reminder"]
        old = lines._format_moment(notice.told_start)
        new = lines._format_moment(notice._get_start())
        if notice.moment == "set":
            return self.env._("the date is %s", new)
        if notice.moment == "moved":
            return self.env._(
                "the date was moved from %(old)s to %(new)s", old=old, new=new
            )
        return self.env._("the date %s is called off", old)

    def _name_reminder_listeners(self, notice):
        """Return the names of who will get news, as far as the reader may know them.

        :param crm.task.reminder.notice notice: as superuser
        """
        # sudo: to find whom it reaches reads what not every reader of tasks may read
        decision = self.env["crm.task.reminder.decision"].sudo()
        lines = self._list_reminder_telling_lines(notice)
        deliveries, _refusals = decision._resolve(lines)
        people = [one for made in deliveries for one in (made.recipient, *made.others)]
        reader = self.env["crm.task.reminder"]
        names = [
            reader._disclose(one.name, one.partner, one.employee)[0] for one in people
        ]
        return ", ".join(dict.fromkeys(names)) or self.env._("nobody")

    @api.model
    def _list_reminder_telling_lines(self, notice):
        """Return the lines that will tell news, as far as that is known by now.

        :param crm.task.reminder.notice notice: as superuser
        :return crm.task.reminder: as superuser
        """
        # sudo: to decide reads the company's settings, which not every reader may read
        decision = self.env["crm.task.reminder.decision"].sudo()
        lines = notice._get_lines()
        if notice.is_held:
            return lines.filtered(decision._can_go_later)
        obstacles = decision._find_all_obstacles(lines)
        return lines.filtered(lambda line: line not in obstacles)

    # ------------------------------------------------------------------
    # Tell now, don't tell
    # ------------------------------------------------------------------

    def action_tell_reminder_news(self):
        """Have what waits to be told of the tasks' dates told now.

        :return dict: an action that says so, or one that does it in batches
        :raise UserError: there is nothing to tell, or it can't be told
        """
        if len(self) > progress.BATCH_SIZE:
            title = self.env._("Tell Changed Dates")
            return progress.in_batches(title, self, self._name, "tell_reminder_news")
        notices = self._get_reminder_news_to_settle()
        for notice in notices:
            notice._tell(fields.Datetime.now(), is_asked=True)
        lines = self.env["crm.task.reminder"]
        if len(notices) == 1:
            for line in notices._get_lines().with_env(self.env)[:1]:
                line._check_sending_now()
        return lines._wake_service(self.env._("The news is on its way."))

    def action_drop_reminder_news(self):
        """Have nobody told what waits to be told of the tasks' dates.

        :return dict | None: an action that does it in batches, where they are many
        """
        if len(self) > progress.BATCH_SIZE:
            title = self.env._("Don't Tell Changed Dates")
            return progress.in_batches(title, self, self._name, "drop_reminder_news")
        self._get_reminder_news_to_settle()._drop()
        return None

    def tell_reminder_news(self):
        """Have told now what waits to be told of those of the tasks of which it may be.

        :return dict[str, int]: why not of others, and how many
        """
        return self._settle_reminder_news("action_tell_reminder_news")

    def drop_reminder_news(self):
        """Have nobody told of those of the tasks of which the user may say so.

        :return dict[str, int]: why not of others, and how many
        """
        return self._settle_reminder_news("action_drop_reminder_news")

    def _settle_reminder_news(self, method):
        """Decide on the news of a batch of tasks, of those that have some.

        :param str method: what is pressed for a few tasks
        :return dict[str, int]: why it was not done for others, and how many
        """
        # whether there is news of other tasks is not for this user to know
        is_open = self.env["crm.task.reminder"].has_access("write")
        own = self._filtered_access("write") if is_open else self.browse()
        silent = own - self.browse(own._get_open_reminder_notices().task_id.ids)
        refused = progress.where_possible(
            self - silent, lambda tasks: tasks and getattr(tasks, method)()
        )
        if silent:
            words = self.env._("There is nothing new to tell.")
            refused = {**refused, words: len(silent)}
        return refused

    def _get_reminder_news_to_settle(self):
        """Return what a person decides on, in the context for one audience.

        :return crm.task.reminder.notice: as superuser, the user's rights are checked
        :raise UserError: there is none
        """
        self.check_access("write")
        # who has no say in reminders is not told either whether there is something
        self.env["crm.task.reminder"].check_access("write")
        notices = self._get_open_reminder_notices(
            self.env.context.get("reminder_audience")
        )
        if not notices:
            raise UserError(self.env._("There is nothing new to tell."))
        for notice in notices:
            notice._get_lines().with_env(self.env).check_access("write")
        return notices

    # ------------------------------------------------------------------
    # Lists
    # ------------------------------------------------------------------

    @api.depends(
        "reminder_notice_ids.is_held",
        "planned_date_begin",
        "reminder_customer_off",
        "reminder_operator_off",
    )
    def _compute_reminder_is_untold(self):
        for task in self:
            notices = task._get_open_reminder_notices()
            task.reminder_is_untold = any(notices.mapped("is_held"))

    @api.model
    def _search_reminder_is_untold(self, operator, value):
        if operator != "in":
            return NotImplemented
        # Odoo does not ask for the rights on a field that brings its own search
        self._check_field_access(self._fields["reminder_is_untold"], "read")
        now = fields.Datetime.now()
        is_off = Domain("moment", "=", "called_off")
        held = Domain("is_held", "=", True) & (
            (is_off & Domain("told_start", ">", now))
            | (~is_off & Domain("task_id.planned_date_begin", ">", now))
        )
        held &= Domain.OR(
            Domain("audience", "=", audience)
            & Domain(f"task_id.reminder_{audience}_off", "=", False)
            for audience, _label in AUDIENCES
        )
        # sudo: nobody has access to news; which tasks one may see is asked anyway
        notices = self.env["crm.task.reminder.notice"].sudo()
        tasks = notices._search(held).select("task_id")
        return Domain("id", "in", tasks)
