from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..models.sending.ir_cron import SERVICE
from .service_window import ServiceWindowCommon


@tagged("post_install", "-at_install")
class TestServiceWorkers(ServiceWindowCommon):
    """Workers are scheduled actions that come and go in the window, and act as one."""

    def _get_workers(self):
        return self.env["ir.cron"]._get_reminder_workers()

    def test_r18_the_other_workers_go_on_when_the_first_is_deleted(self):
        self.window.create({"reminder_worker_count": 3})
        others = self._get_workers() - self.cron
        self.cron.unlink()
        self._assert_state("running")
        self.assertEqual(self._open().reminder_worker_count, 2)
        action = self.window.create({}).action_open_reminder_service()
        self.assertEqual(action["res_id"], others[0].id)

    def test_r18_the_first_stays_when_it_came_back(self):
        self.window.create({"reminder_worker_count": 2})
        self.cron.unlink()
        new = self._get_workers().copy({"active": True})
        self.env["ir.model.data"]._update_xmlids(
            [{"xml_id": SERVICE, "record": new, "noupdate": True}]
        )
        self.window.create({"reminder_worker_count": 1})
        self.assertEqual(self._get_workers(), new)

    def test_workers_are_scheduled_actions(self):
        self.assertEqual(self._open().reminder_worker_count, 1)
        self.window.create({"reminder_worker_count": 3})
        workers = self._get_workers()
        self.assertEqual(len(workers), 3)
        self.assertEqual(len(workers.ir_actions_server_id), 3)
        self.assertEqual(set(workers.mapped("code")), {"model._cron_run()"})
        self.assertEqual(len(set(workers.mapped("name"))), 3)
        self.window.create({"reminder_worker_count": 1})
        self.assertEqual(self._get_workers(), self.cron)
        self.assertFalse((workers - self.cron).exists())

    def test_workers_go_with_the_module(self):
        self.window.create({"reminder_worker_count": 2})
        for xml_id in self._get_workers().get_external_id().values():
            self.assertTrue(xml_id.startswith("crm_task_reminder."))

    def test_workers_are_switched_off_together(self):
        self.window.create({"reminder_worker_count": 2})
        self.cron.active = False
        self.assertFalse(any(self._get_workers().mapped("active")))
        self._assert_state("off")
        self.window.create({"reminder_worker_count": 3})
        self.assertFalse(any(self._get_workers().mapped("active")), "still off")
        self.cron.write({"active": True, "interval_number": 5})
        self.assertTrue(all(self._get_workers().mapped("active")))
        self.assertEqual(set(self._get_workers().mapped("interval_number")), {5})

    def test_workers_one_to_eight(self):
        for count in (0, -1, 9):
            with self.subTest(count=count), self.assertRaises(ValidationError):
                self.window.create({"reminder_worker_count": count})
        self.cron.unlink()
        with self.assertRaisesRegex(UserError, "was deleted"):
            self.window.create({"reminder_worker_count": 2})

    def test_other_scheduled_actions_are_left_alone(self):
        other = self.env.ref("mail.ir_cron_mail_scheduler_action")
        self.window.create({"reminder_worker_count": 2})
        other.active = False
        self.assertTrue(all(self._get_workers().mapped("active")))
