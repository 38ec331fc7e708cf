from . import sms_smsapi_account
