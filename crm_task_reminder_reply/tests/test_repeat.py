from datetime import timedelta

from odoo.tests import tagged

from .common import ReplyCommon

DAY = timedelta(days=1)


@tagged("post_install", "-at_install")
class TestRepeat(ReplyCommon):
    """Asked again until the customer has answered; thanked whatever the answer was."""

    def create_asking(self, **values):
        line = self.line(
            duration=4,
            unit="days",
            repeat_unit="days",
            repeat_count=3,
            repeat_until="answered",
            **values,
        )
        return self.create_task(line, starts_in=5 * DAY)

    def let_days_pass(self, days):
        """Return on which of the days something was sent."""
        sent = []
        for day in range(days):
            self.pass_time(days=1)
            self.run_service()
            sent += [day] * len(self.texts)
        return sent

    def test_asked_until_it_is_answered(self):
        for kind in ("coming", "declined", "other"):
            for condition in ("unless_settled", "unless_answered", "always"):
                with self.subTest(kind=kind, condition=condition):
                    task = self.create_asking(answer_condition=condition)
                    self.assertEqual(self.let_days_pass(2), [0, 1])
                    self.answer(task, kind)
                    self.assertEqual(self.let_days_pass(3), [])
                    self.assertNotEqual(task.reminder_ids.state, "scheduled")
                    self.assertIn(
                        self.rows(task)[-1].reason,
                        ("confirmed", "declined", "answered"),
                    )

    def test_without_an_answer_it_goes_on_and_ends(self):
        task = self.create_asking()
        self.assertEqual(self.let_days_pass(5), [0, 1, 2])
        self.assertEqual(task.reminder_ids.state, "done")

    def test_until_done_it_asks_whoever_wants_another_time(self):
        task = self.create_asking()
        task.reminder_ids.repeat_until = "done"
        self.assertEqual(self.let_days_pass(2), [0, 1])
        self.answer(task, "other")
        self.assertEqual(self.let_days_pass(1), [0])

    def test_an_answer_before_the_first_time_ends_it_at_once(self):
        task = self.create_asking()
        self.answer(task, "coming")
        self.assertEqual(self.let_days_pass(4), [])
        self.assertEqual(len(self.rows(task)), 1)

    def test_a_moved_start_asks_again(self):
        task = self.create_asking()
        self.assertEqual(self.let_days_pass(1), [0])
        self.answer(task, "coming")
        task.planned_date_begin += 3 * DAY
        self.assertEqual(self.let_days_pass(3), [2])

    def test_the_words(self):
        line = self.create_asking().reminder_ids
        words = "4 days before, every day until answered, at most 3 times"
        self.assertEqual(line.display_name, f"SMS · {words}")

    # ------------------------------------------------------------------
    # Afterwards
    # ------------------------------------------------------------------

    def test_who_has_confirmed_is_thanked_and_asked_nothing(self):
        lines = [
            self.line(channel=channel, moment="after_end", task_states="both")
            for channel in ("sms", "email")
        ]
        task = self.create_task(*lines, date_deadline=self.now + timedelta(hours=3))
        self.answer(task, "coming")
        self.pass_time(hours=4)
        self.run_service()
        [(_number, text)] = self.texts
        self.assertNotIn("http", text)
        [mail] = self.mails
        self.assertNotIn("I'm coming", mail["body"])
        self.assertIn("No more reminders", mail["body"])
        self.assertIn("List-Unsubscribe", mail["headers"])

    def test_the_way_out_stays_open_a_week_after_the_message(self):
        line = self.line(
            channel="email",
            duration=10,
            unit="days",
            moment="after_end",
            task_states="both",
        )
        task = self.create_task(line, date_deadline=self.now + timedelta(hours=3))
        self.set_now(task.reminder_ids.due_at)
        self.run_service()
        link = self.rows(task).link_id
        self.assertEqual(link.start, task.planned_date_begin)
        self.assertTrue(link._is_valid())
        self.pass_time(days=8)
        self.assertFalse(link._is_valid())

    def test_e21_a_narrow_screen_offers_it_wherever_a_wide_one_does(self):
        for model in ("", ".default", ".edit.line"):
            name = f"crm_task_reminder{model.replace('.', '_')}_view_form"
            form = self.env.ref(f"crm_task_reminder.{name}")
            arch = self.env[f"crm.task.reminder{model}"].get_view(form.id)["arch"]
            self.assertIn('name="repeat_until"', arch, model)
