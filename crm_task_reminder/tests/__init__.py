from . import test_phone_numbers, test_recipients, test_service, test_set_up_missing
