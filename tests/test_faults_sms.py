"""What becomes of reminders when the SMS gateway is out of order or reports early."""

import pytest

from tests.office import LOG
from tests.round import Round


def test_gateway_reports_before_it_answers(office, sms_gateway):
    group = Round(office, 3, ("sms",))
    sms_gateway.on_sms = sms_gateway.report
    try:
        group.fall_due()
        group.wait_for(3, state="delivered")
    finally:
        sms_gateway.on_sms = None
    assert len(group.texts_at(sms_gateway)) == 3


@pytest.mark.parametrize("trouble", ["down", "error", "stopped"])
def test_gateway_takes_nothing(office, sms_gateway, mailbox, trouble):
    group = Round(office, 3, ("email", "sms"))
    if trouble == "stopped":
        sms_gateway.stop()
    else:
        setattr(sms_gateway, trouble, "server_error")
    try:
        group.fall_due()
        group.wait_for(3, state="sent")
        [row] = group.wait_for(1, state="queued", reason="sms_gateway")
        assert row["attempt_count"] == 1
        assert len(group.rows(state="queued")) == 3
    finally:
        if trouble == "stopped":
            sms_gateway.start()
    sms_gateway.clear()
    group.try_again()
    group.wait_for(6, state="sent")
    assert len(group.texts_at(sms_gateway)) == len(group.mails_in(mailbox)) == 3


@pytest.mark.parametrize(
    ("trouble", "sent"), [("nonsense", 0), ("half", 3), ("cut", 0)]
)
def test_gateway_without_a_clear_answer(office, sms_gateway, trouble, sent):
    group = Round(office, 4, ("sms",))
    sms_gateway.trouble = trouble
    group.fall_due()
    # one alone is handed over first, so that a portion is not in doubt at once
    [row] = group.wait_for(1, state="unconfirmed")
    assert row["reason"] == "no_answer"
    assert len(group.rows(state="sent")) == sent
    sms_gateway.trouble = ""
    office.run_service()
    group.wait_for(3, state="sent")
    assert len(group.rows(state="unconfirmed")) == 1
    assert len(set(group.texts_at(sms_gateway))) == 4
    assert len(group.texts_at(sms_gateway)) == 4
    office.client.call(LOG, "action_mark_sent", [row["id"]])
    assert len(group.rows(state="sent")) == 4


def test_c04_gateway_that_refuses_a_call_for_one_number(office, sms_gateway):
    group = Round(office, 12, ("sms",))
    bad = f"+48600{office.company:03}005"
    sms_gateway.poison.add(bad)
    group.fall_due()
    group.wait_for(11, state="sent")
    [row] = group.wait_for(1, state="queued", reason="sms_gateway")
    assert (row["address"], row["attempt_count"]) == (bad, 1)
    sms_gateway.poison.clear()
    group.try_again()
    group.wait_for(12, state="sent")
    assert len(set(group.texts_at(sms_gateway))) == 12
    assert len(group.texts_at(sms_gateway)) == 12


def test_gateway_without_credit(office, sms_gateway):
    group = Round(office, 2, ("sms",))
    sms_gateway.states[f"+48600{office.company:03}001"] = "insufficient_credit"
    group.fall_due()
    group.wait_for(1, state="sent")
    [row] = group.wait_for(1, state="queued")
    assert (row["reason"], row["attempt_count"]) == ("no_credit", 1)
    sms_gateway.states.clear()
    group.try_again()
    group.wait_for(2, state="sent")
    assert len(group.texts_at(sms_gateway)) == 2
