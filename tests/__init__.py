"""Tests of the whole: a running server, the local mailbox and SMS gateway, dev/."""
