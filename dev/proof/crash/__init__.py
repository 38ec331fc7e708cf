"""``make crash``: what a crash or a stop leaves behind, counted.

`run` starts it, `strikes` kills and stops, `arrivals` and `report` count; `postgres` is
a database server that may die.
"""
