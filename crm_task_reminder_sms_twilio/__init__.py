from . import controllers, models
from .models.crm_task_reminder_sms_provider_twilio import INCOMING
from .tools import log_filter

log_filter.install(INCOMING)
