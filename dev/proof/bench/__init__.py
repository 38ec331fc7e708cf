"""``make bench``: how fast the addon is, beside what Odoo itself has for reminders.

`run` starts it, `measures` says what is measured and what must be reached. The other
modules work inside Odoo, each time in a process of its own: `records` and `peers` make
what is due, `scenarios` does the work of the addon and of its peers, `jobs` takes the
times.
"""
