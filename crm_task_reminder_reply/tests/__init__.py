from . import (
    test_answer,
    test_calendar,
    test_clerk,
    test_condition,
    test_interleavings,
    test_link,
    test_opt_out,
    test_page,
    test_scanner,
    test_seams,
    test_text,
    test_wording,
)
