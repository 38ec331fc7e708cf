"""``make crash``: what a crash leaves behind, counted.

`run` starts it, `strikes` kills, `arrivals` counts, and `postgres` is a database server
that may die.
"""
