from . import (
    test_account,
    test_codes,
    test_companies,
    test_incoming,
    test_links,
    test_refusals,
    test_reports,
    test_send,
)
