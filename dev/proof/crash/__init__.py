"""``make crash``: what a crash leaves behind, counted. `run` starts it."""
