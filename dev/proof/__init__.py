"""Proof of what the addon promises: how fast it is, and that a crash loses nothing."""
