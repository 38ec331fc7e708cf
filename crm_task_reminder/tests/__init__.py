from . import (
    test_author,
    test_companies,
    test_mail_account,
    test_phone_numbers,
    test_preset_ways,
    test_presets,
    test_recipients,
    test_recurrence,
    test_schedule,
    test_service,
    test_set_up_missing,
    test_tab,
)
