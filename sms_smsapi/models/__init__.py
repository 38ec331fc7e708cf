from . import (
    mail_notification,
    res_company,
    res_config_settings,
    sms_sms,
    sms_smsapi_report,
    sms_smsapi_sender,
    sms_smsapi_token,
    sms_tracker,
)
