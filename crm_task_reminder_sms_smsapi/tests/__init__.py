from . import test_incoming, test_provider, test_seams, test_seams_sms_smsapi
