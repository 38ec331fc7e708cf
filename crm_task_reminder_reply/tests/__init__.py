from . import (
    test_answer,
    test_calendar,
    test_clerk,
    test_condition,
    test_figures,
    test_interleavings,
    test_link,
    test_move,
    test_opt_out,
    test_page,
    test_seams,
)
