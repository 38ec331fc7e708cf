"""What is measured: the addon's work, and the same work as Odoo does it elsewhere.

Each scenario makes something due (not timed), then works through its stages (timed).
Runs inside Odoo. Peers run Odoo's own methods as its scheduled actions call them, with
Odoo's own templates; a mail queue has its own commit per mail in both.
"""

from odoo import fields
from odoo.addons.crm_task_reminder.tools.marks import Marks

from dev.proof.bench import copies, peers, records
from dev.proof.bench.receivers import TOKEN


class Scenario:
    """Work that is timed, in two stages: until queued, until the receivers have it."""

    #: Whether nothing is left to hand over after the first stage.
    sends_at_once = False

    def __init__(self, env):
        self.env = env

    def prepare(self, count):
        """Make `count` reminders due."""

    def queued(self):
        """Do all up to the queue, and commit."""

    def sent(self):
        """Hand over what is queued, and commit."""

    def count_queued(self):
        """Return how many wait to be handed over."""

    def clean(self):
        """Leave nothing in a queue that another scenario would find."""
        copies.empty(self.env, "crm.task.reminder.log", "mail.mail", "sms.sms")
        self.env.cr.commit()


class Own(Scenario):
    """The addon's service: first all batches until queued, as it does one by one."""

    channels = ()

    def prepare(self, count):
        records.create_due(self.env, count, self.channels)

    def queued(self):
        company = self.env.company
        queue = self.env["crm.task.reminder.queue"]
        with self.env["crm.task.reminder.service"]._open_run(company) as run:
            while queue._queue_due(company, run):
                self.env["ir.cron"]._commit_progress()

    def count_queued(self):
        return self.env["crm.task.reminder.log"].search_count(
            [("state", "=", "queued"), ("channel", "!=", False)]
        )

    def sent(self):
        self.env["crm.task.reminder.service"]._cron_run()


class OwnEmail(Own):
    channels = ("email",)


class OwnEmailUnmarked(OwnEmail):
    """E-mails without a mark for each, which nobody can have."""

    def sent(self):
        execute = Marks._execute
        Marks._execute = lambda _marks, _query, row_ids, *_texts: len(row_ids)
        try:
            super().sent()
        finally:
            Marks._execute = execute


class OwnSms(Own):
    channels = ("sms",)


class OwnBoth(Own):
    """Half of the reminders by e-mail, half by SMS, the same tasks."""

    channels = ("email", "sms")

    def prepare(self, count):
        records.create_due(self.env, count // 2, self.channels)


class Calendar(Scenario):
    """Calendar alarms."""

    alarm_type = None

    def prepare(self, count):
        peers.create_calendar_events(self.env, count, self.alarm_type)

    def queued(self):
        last_call = fields.Datetime.subtract(fields.Datetime.now(), days=1)
        manager = self.env["calendar.alarm_manager"].with_context(lastcall=last_call)
        manager._send_reminder()
        self.env.cr.commit()


class MailQueue(Scenario):
    """The second stage through Odoo's queue of e-mails."""

    def count_queued(self):
        return self.env["mail.mail"].search_count([("state", "=", "outgoing")])

    def sent(self):
        while self.count_queued():
            self.env["mail.mail"].process_email_queue()


class SmsQueue(Scenario):
    """The second stage through Odoo's queue of SMS."""

    def count_queued(self):
        return self.env["sms.sms"].search_count([("state", "=", "outgoing")])

    def sent(self):
        while self.count_queued():
            self.env["sms.sms"]._process_queue()


class CalendarEmail(MailQueue, Calendar):
    alarm_type = "email"


class Far(Scenario):
    """E-mails to a server that is far away: its account has more sessions for that."""

    sessions = 16

    def prepare(self, count):
        server = self.env["ir.mail_server"].search([])
        self._usual_sessions = server.reminder_sessions
        self._move_server("far", self.sessions)
        super().prepare(count)

    def clean(self):
        self._move_server("near", self._usual_sessions)
        super().clean()

    def _move_server(self, place, sessions):
        port = self.env["ir.config_parameter"].get_param(f"bench.{place}_port")
        server = self.env["ir.mail_server"].search([])
        server.write({"smtp_port": int(port), "reminder_sessions": sessions})
        self.env.cr.commit()


class OwnEmailFar(Far, OwnEmail):
    pass


class CalendarEmailFar(Far, CalendarEmail):
    pass


class OwnSmsSmsapi(OwnSms):
    """SMS through SMSAPI, far away."""

    def prepare(self, count):
        records.use_smsapi(self.env, TOKEN)
        super().prepare(count)


class CalendarSms(SmsQueue, Calendar):
    """It queues nothing: each SMS is a call of the gateway, made at once."""

    alarm_type = "sms"
    sends_at_once = True


class Event(Scenario):
    """Mails and SMS of one event to its attendees: Odoo renders them in batches."""

    template = None

    def prepare(self, count):
        peers.create_event(self.env, count, self.env.ref(self.template))

    def queued(self):
        self.env["event.mail"].schedule_communications(autocommit=True)


class EventEmail(MailQueue, Event):
    template = "event.event_reminder"


class EventSms(SmsQueue, Event):
    template = "event_sms.sms_template_data_event_reminder"


class EventSmsTwilio(EventSms):
    """SMS through Twilio, just as far away, as Odoo's own module sends them."""

    def prepare(self, count):
        records.use_twilio(self.env)
        super().prepare(count)


SCENARIOS = {
    "own_email": OwnEmail,
    "own_sms": OwnSms,
    # The same, as a run of the service does it: what it has queued it sends.
    "own_email_run": OwnEmail,
    "own_sms_run": OwnSms,
    "own_both": OwnBoth,
    "own_email_unmarked": OwnEmailUnmarked,
    "own_sms_smsapi": OwnSmsSmsapi,
    "event_sms_twilio": EventSmsTwilio,
    "own_email_far": OwnEmailFar,
    "calendar_email_far": CalendarEmailFar,
    "calendar_email": CalendarEmail,
    "calendar_sms": CalendarSms,
    "event_email": EventEmail,
    "event_sms": EventSms,
}
