from datetime import timedelta

from odoo.tests import tagged
from odoo.tools import mute_logger

from .notice import DAY, NoticeCommon


@tagged("post_install", "-at_install")
class TestNoticePeople(NoticeCommon):
    """Each is told what is news to that address, whatever others were told."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls._create_user("second", "Sara Second", "600 100 202")

    def create_told(self, *lines):
        """Create a task whose assignee has been told its start, Friday at 8:00."""
        task = self.create_watched(*lines or self.all_news("operator"))
        self.tell()
        self.assertEqual(self.numbers, ["+48600100201"])
        return task

    def tell_but_second(self):
        """Let the news be told, and the SMS to the second one fail."""
        self.pass_time(minutes=5)
        with self.mockSMSGateway(nbr_t_error={"+48600100202": "wrong_number_format"}):
            self.cron.with_user(self.cron.user_id).method_direct_trigger()
        self.env.invalidate_all()

    def read_texts(self):
        return {number[-3:]: text for number, text in self.texts}

    def test_who_is_new_gets_it_set_where_others_get_it_moved(self):
        task = self.create_told()
        task.user_ids += self.second
        task.planned_date_begin += DAY
        self.tell()
        texts = self.read_texts()
        self.assertIn("was moved from Fri 17 Jul", texts["201"])
        self.assertIn("is Sat 18 Jul", texts["202"])
        self.assertNotIn("Fri 17 Jul", texts["202"])
        moments = self.rows(task).mapped(lambda row: (row.address[-3:], row.moment))
        self.assertEqual(
            sorted(moments), [("201", "moved"), ("201", "set"), ("202", "set")]
        )

    def test_who_is_new_hears_nothing_where_no_line_tells_a_set_date(self):
        task = self.create_watched(
            self.line("operator", duration=71),
            self.news("moved", "operator"),
        )
        self.tell(60)
        self.assertEqual(self.numbers, ["+48600100201"])
        task.user_ids += self.second
        task.planned_date_begin += DAY
        self.tell()
        self.assertEqual(self.numbers, ["+48600100201"])
        self.assertEqual(self.rows(task).filtered("reason").reason, "no_news")

    def test_who_is_new_is_not_told_that_it_is_called_off(self):
        task = self.create_told()
        task.user_ids += self.second
        task.state = "1_canceled"
        self.tell()
        self.assertEqual(self.numbers, ["+48600100201"])

    @mute_logger("odoo.addons.sms.models.sms_sms")
    def test_who_missed_a_move_is_told_from_the_date_that_is_known(self):
        task = self.create_told()
        task.user_ids += self.second
        task.planned_date_begin += DAY
        self.tell()
        task.planned_date_begin += DAY
        with self.subTest("one of two fails"):
            self.tell_but_second()
        task.planned_date_begin += DAY
        self.tell()
        texts = self.read_texts()
        self.assertIn("from Sun 19 Jul, 08:00 AM to Mon 20 Jul", texts["201"])
        self.assertIn("from Sat 18 Jul, 08:00 AM to Mon 20 Jul", texts["202"])
        task.state = "1_canceled"
        self.tell()
        self.assertEqual(len(self.texts), 2)

    @mute_logger("odoo.addons.sms.models.sms_sms")
    def test_moved_back_only_who_was_told_otherwise_hears_of_it(self):
        task = self.create_told()
        task.user_ids += self.second
        task.planned_date_begin += timedelta(hours=1)
        self.tell()
        task.planned_date_begin += DAY
        self.tell_but_second()
        task.planned_date_begin -= DAY
        self.tell()
        self.assertEqual(self.numbers, ["+48600100201"])
        self.assertIn(
            "from Sat 18 Jul, 09:00 AM to Fri 17 Jul, 09:00", self.texts[0][1]
        )

    @mute_logger("odoo.addons.sms.models.sms_sms")
    def test_called_off_names_the_date_that_each_was_told(self):
        task = self.create_told()
        task.user_ids += self.second
        task.planned_date_begin += DAY
        self.tell()
        task.planned_date_begin += DAY
        self.tell_but_second()
        task.state = "1_canceled"
        self.tell()
        texts = self.read_texts()
        self.assertIn("on Sun 19 Jul, 08:00 AM was called off", texts["201"])
        self.assertIn("on Sat 18 Jul, 08:00 AM was called off", texts["202"])

    def test_b03_a_customer_who_comes_with_the_project_is_told(self):
        """The project alone is written, as by drawing a card to another one."""
        firm = self.project.copy({"name": "Firm", "partner_id": self.customer.id})
        task = self.create_watched(partner_id=False)
        self.tell()
        self.assert_silent()
        task.project_id = firm
        self.tell()
        self.assert_told("Mow the lawn")

    def test_b03_a_customer_who_comes_with_the_parent_is_told(self):
        parent = self.create_task(name="Garden", partner_id=False)
        task = self.create_watched(partner_id=False, parent_id=parent.id)
        other = self.create_watched(partner_id=False, name="Hedge")
        self.tell()
        self.assert_silent()
        parent.partner_id = self.customer
        self.assertEqual(task.partner_id, self.customer)
        self.tell()
        self.assert_told("Mow the lawn")
        other.parent_id = parent
        self.tell()
        self.assert_told("Hedge")

    def test_a_new_number_of_the_customer_gets_it_set(self):
        task = self.create_watched(told=True)
        task.reminder_phone = "600 100 333"
        task.planned_date_begin += DAY
        self.tell()
        self.assertEqual(self.numbers, ["+48600100333"])
        self.assert_told("is on Sat 18 Jul, 08:00 AM")

    def test_what_was_told_by_mail_can_be_moved_by_sms(self):
        task = self.create_watched(
            self.news("set", channel="email"), self.news("moved")
        )
        self.tell()
        self.assertEqual((len(self.mails), len(self.texts)), (1, 0))
        task.planned_date_begin += DAY
        self.tell()
        self.assert_told("was moved from Fri 17 Jul, 08:00 AM to Sat 18 Jul")

    def test_tab_and_preview_say_the_same(self):
        task = self.create_told()
        task.user_ids += self.second
        task.planned_date_begin += DAY
        [line] = task.reminder_ids.filtered(lambda one: one.moment == "moved")
        preview = self.env["crm.task.reminder.preview"].create({"reminder_id": line.id})
        self.assertIn("was moved from Fri 17 Jul", preview.content)
        self.assertIn("is Sat 18 Jul", preview.content)
        self.assertIn("Sara Second", task.reminder_operator_notice)

    # ------------------------------------------------------------------
    # A task that is deleted
    # ------------------------------------------------------------------

    def test_a_deleted_task_tells_nobody_and_the_log_says_so(self):
        task = self.create_watched(told=True)
        known = self.log.search([])
        task.unlink()
        self.tell()
        self.assert_silent()
        row = self.log.search([("operation", "=", "customer")]) - known
        self.assertEqual((row.state, row.reason), ("skipped", "removed"))
        self.assertIn("nobody is told that it is called off", row.reason_text)
        self.assertEqual(row.task_name, "Mow the lawn")
        self.assertEqual(row.recipient_name, "Karol Klient")

    def test_a05_the_title_of_a_private_task_is_not_in_the_row_of_its_deletion(self):
        """Managers read it there, though it was hidden in all other rows."""
        boss = self._create_user(
            "boss", "Bogdan", groups="project.group_project_manager"
        )
        task = self.create_watched(told=True)
        task.project_id = False
        self.env.flush_all()
        task.unlink()
        row = self.log.search([("reason", "=", "removed")], limit=1)
        self.assertEqual(row.recipient_name, "Karol Klient")
        self.assertFalse(row.task_name)
        self.assertNotIn(row, self.log.with_user(boss).search([]))

    def test_a_deleted_task_of_which_nothing_was_told_leaves_no_row(self):
        task = self.create_watched()
        off = self.create_watched(told=False)
        self.tell()
        off.state = "1_canceled"
        self.tell()
        known = self.log.search_count([("reason", "=", "removed")])
        task.reminder_ids.filtered(lambda one: one.moment == "called_off").unlink()
        (task + off).unlink()
        self.assertEqual(self.log.search_count([("reason", "=", "removed")]), known)

    def test_a_deleted_task_takes_back_what_waits(self):
        task = self.create_watched()
        self.pass_time(minutes=5)
        self.run_service(sms_error="jsonrpc_exception")
        task.unlink()
        self.tell(60)
        self.assert_silent()

    # ------------------------------------------------------------------
    # Many
    # ------------------------------------------------------------------

    def test_many_tasks_cost_few_queries(self):
        counts = []
        for number in (3, 30):
            tasks = self.env["project.task"].concat(
                *(
                    self.create_watched(*self.all_news("operator"), starts_in=None)
                    for _task in range(number)
                )
            )
            self.env.flush_all()
            self.env.invalidate_all()
            notices = tasks._ensure_reminder_notices(tasks.reminder_ids)
            tasks.planned_date_begin = self.now + DAY
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            notices._find_news()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)
