"""What the tests of messages that have waited have in common."""

from .common import ReminderCommon


class WaitingCommon(ReminderCommon):
    """Messages that a gateway out of order has made wait, and the runs after it."""

    def _run_later(self):
        """Run the service when the pause after the first fault is over."""
        self.pass_time(minutes=2)
        self.run_service()

    def _run_twice_later(self):
        """Run the service so that it drops messages, then once more."""
        self._run_later()
        self.assertFalse(self.texts)
        self.run_service()
